// A stop read aloud by the browser's own speech, sentence by sentence. The exported folder runs this as a classic script.
(() => {
  const speech = window.speechSynthesis;
  const started = Symbol.for("tour.listen");
  if (!speech || !document.adoptedStyleSheets || document[started]) return;
  document[started] = true;

  const READ = ".tour-opening :is(h1, h2, h3), .tour-status-sentence, .tour-lede, .tour-narrative p, .tour-claims :is(h2, h3, h4, h5, li, p)";
  const UNREAD = ".tour-cite, [aria-hidden=true], [hidden]";
  const MARK = "tour-spoken";
  // Some browsers carry a cancel out late, and drop with it what is spoken right after.
  const BREATH = 200; // milliseconds

  // Stop and language of what is read, the number of the sentence, its range, its utterance, whether it is paused. Never
  // an element: the app puts a new article in the place of the first paint's, and of its own at each step.
  let reading = null;
  let speed = 1;
  let hushed = -Infinity;
  let waiting;

  const primary = (language) => language.toLowerCase().split(/[-_]/)[0];

  function voiceFor(language) {
    const voices = speech.getVoices().filter((voice) => primary(voice.lang) === primary(language));
    // A voice of another host is told what is read here, and needs the network.
    const near = voices.filter((voice) => voice.localService);
    return near.find((voice) => voice.default) ?? near[0] ?? voices[0];
  }

  // Shown by a style sheet and not by a change of the page, so that an article that comes later shows it too.
  const sheet = new CSSStyleSheet();

  function offer() {
    const languages = new Set(speech.getVoices().map((voice) => primary(voice.lang)));
    const shown = [...languages].filter(Boolean).map((language) => `.tour-listen:lang(${CSS.escape(language)})`);
    sheet.replaceSync(shown.length ? `@media screen { ${shown.join()} { display: flex } }` : "");
    show();
  }

  function sentencesOf(article) {
    return [...article.querySelectorAll(READ)].flatMap(runsOf).flatMap(sentencesIn);
  }

  /** The words of a block, parted where another language begins that there is a voice for. */
  function runsOf(block) {
    const runs = [];
    const own = languageOf(block);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement } = walker.currentNode;
      if (parentElement.closest(UNREAD)) continue;
      const language = voiceFor(languageOf(parentElement)) ? languageOf(parentElement) : own;
      if (runs.at(-1)?.language !== language) runs.push({ language, nodes: [] });
      runs.at(-1).nodes.push(walker.currentNode);
    }
    return runs;
  }

  const languageOf = (element) => element.closest("[lang]").lang;

  function sentencesIn({ language, nodes }) {
    // To a segmenter the end of a line is the end of a sentence; to HTML it is a space.
    const text = nodes.map((node) => node.data).join("").replace(/\s/g, " ");
    return segments(text, language)
      .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
      .map(({ segment, index }) => {
        const from = index + segment.search(/\S/);
        const words = segment.trim();
        return { words, language, range: rangeOf(nodes, from, from + words.length) };
      });
  }

  function segments(text, language) {
    if (!Intl.Segmenter) return [{ segment: text, index: 0 }];
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
  }

  function rangeOf(nodes, from, to) {
    const range = document.createRange();
    let before = 0;
    for (const node of nodes) {
      const after = before + node.length;
      if (from >= before && from < after) range.setStart(node, from - before);
      if (to > before && to <= after) range.setEnd(node, to - before);
      before = after;
    }
    return range;
  }

  /** The articles of what is read, the one that is on the screen first: while the app arrives there are two. */
  function articles() {
    return document.querySelectorAll(`article[data-stop="${CSS.escape(reading.stop)}"][lang="${CSS.escape(reading.language)}"]`);
  }

  function sentence() {
    const [article] = articles();
    return article && sentencesOf(article)[reading.at];
  }

  function say() {
    const next = sentence();
    if (!next) return stop();
    const utterance = new SpeechSynthesisUtterance(next.words);
    Object.assign(utterance, { lang: next.language, voice: voiceFor(next.language) ?? null, rate: speed });
    utterance.addEventListener("end", () => isBeingSaid(utterance) && sayNext());
    utterance.addEventListener("error", () => isBeingSaid(utterance) && stop());
    // Kept here: Chromium forgets to tell the end of an utterance that nobody holds.
    reading.utterance = utterance;
    speech.speak(utterance);
    mark(next.range);
  }

  const isBeingSaid = (utterance) => reading?.utterance === utterance;

  function sayNext() {
    reading.at += 1;
    say();
  }

  function sayWhenQuiet() {
    const wait = hushed + BREATH - performance.now();
    if (wait > 0) waiting = setTimeout(say, wait);
    // A browser may ask that speech begins within the click.
    else say();
  }

  function hush() {
    clearTimeout(waiting);
    if (!reading) return;
    reading.utterance = null;
    speech.cancel();
    hushed = performance.now();
  }

  function begin(article) {
    hush();
    reading = { stop: article.dataset.stop, language: article.lang, at: 0 };
    sayWhenQuiet();
    show();
  }

  // Not the engine's own pause, which on Android ends the utterance and elsewhere may never be lifted.
  function pause() {
    hush();
    reading.paused = true;
    show();
  }

  function goOn() {
    reading.paused = false;
    if (reading.range && !linesOf(reading.range).every(isSeen)) bring(reading.range);
    sayWhenQuiet();
    show();
  }

  function stop() {
    if (!reading) return;
    hush();
    reading = null;
    CSS.highlights?.delete(MARK);
    const held = document.activeElement?.closest("[data-listen=stop]");
    show();
    held?.parentElement.querySelector("[data-listen=on]").focus({ preventScroll: true });
  }

  function setSpeed(to) {
    speed = to;
    if (reading && !reading.paused) {
      hush();
      sayWhenQuiet();
    }
    show();
  }

  function stateOf(article) {
    if (!reading || ![...articles()].includes(article)) return "silent";
    return reading.paused ? "paused" : "reading";
  }

  function show() {
    for (const control of document.querySelectorAll(".tour-listen")) {
      const button = control.querySelector("[data-listen=on]");
      control.dataset.state = stateOf(control.closest("article"));
      const words = button.dataset[control.dataset.state];
      // Only where it differs: the observer that calls this would hear of it again.
      if (button.textContent !== words) button.textContent = words;
      control.querySelector("select").value = speed;
    }
  }

  /** After any change of the page: reading ends with its article, and goes on in one that took its place. */
  function settle() {
    if (reading && !articles().length) stop();
    // What a range held has left the page with it.
    const again = reading?.range?.collapsed && sentence();
    if (again) mark(again.range);
    show();
  }

  // The page follows a visitor who follows the words, and leaves alone one who has gone to look at something else.
  function mark(range) {
    const isFollowed = reading.range && linesOf(reading.range).some(isSeen);
    reading.range = range;
    CSS.highlights?.set(MARK, new Highlight(range));
    if (isFollowed && !linesOf(range).every(isSeen)) bring(range);
  }

  const linesOf = (range) => [...range.getClientRects()];

  // Asked of the screen itself, so that head, foot, an open map or picture and our own controls count as what they hide.
  function isSeen(line) {
    const there = document.elementFromPoint(line.left + 1, line.top + line.height / 2);
    return Boolean(there?.closest("article") && !there.closest(".tour-listen"));
  }

  function bring(range) {
    const app = range.startContainer.parentElement.closest("#root main");
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = range.getBoundingClientRect().top - innerHeight / 3;
    (app ?? document.scrollingElement).scrollBy({ top, behavior: isStill ? "instant" : "smooth" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-listen]");
    if (!button) return;
    const article = button.closest("article");
    if (button.dataset.listen === "stop") stop();
    else ({ silent: begin, reading: pause, paused: goOn })[stateOf(article)](article);
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest?.(".tour-listen")) setSpeed(Number(event.target.value));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) stop();
  });
  addEventListener("pagehide", stop);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  speech.addEventListener?.("voiceschanged", offer);
  offer();
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
})();
