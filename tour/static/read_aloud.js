// A stop read aloud by the browser's own speech, sentence by sentence.
(() => {
  const speech = window.speechSynthesis;
  const { closest, find } = window.tour;
  if (!speech || !document.adoptedStyleSheets || window.tour.isReadAloudLoaded) return;
  window.tour.isReadAloudLoaded = true;

  const READ = [
    ".tour-article-header :is(h1, h2, h3)",
    ".tour-status-sentence",
    ".tour-lede",
    ".tour-narrative p",
    ".tour-claims :is(h2, h3, h4, h5, li, p)",
  ].join();
  const SKIPPED = ".tour-cite, [aria-hidden=true], [hidden]";
  const HIGHLIGHT = "tour-current-sentence";
  // Some browsers carry a cancellation out late, and drop with it what is spoken right after.
  const CANCEL_DELAY = 200; // milliseconds

  // Never an element: the app replaces the server's article by its own, and its own at each step.
  /** @type {Reading | null} */
  let reading = null;
  let speed = 1;
  let cancelledAt = Number.NEGATIVE_INFINITY;
  let timer = 0;

  const primary = (/** @type {string} */ language) => language.toLowerCase().split(/[-_]/)[0];

  /** @param {string} language */
  function voiceFor(language) {
    const voices = speech.getVoices().filter((voice) => primary(voice.lang) === primary(language));
    // A remote voice sends what is read here to its host, and needs the network.
    const local = voices.filter((voice) => voice.localService);
    return local.find((voice) => voice.default) ?? local[0] ?? voices[0];
  }

  // Controls are shown by a style sheet and not by a change of the page, so that an article that comes later has them.
  const sheet = new CSSStyleSheet();

  function onVoicesChanged() {
    const languages = new Set(speech.getVoices().map((voice) => primary(voice.lang)));
    const shown = [...languages].filter(Boolean).map((language) => `.tour-read-aloud:lang(${CSS.escape(language)})`);
    sheet.replaceSync(shown.length ? `@media screen { ${shown.join()} { display: flex } }` : "");
    updateControls();
  }

  // Sentences

  /** @param {HTMLElement} article */
  function sentencesOf(article) {
    return [...article.querySelectorAll(READ)].flatMap(runsOf).flatMap(sentencesIn);
  }

  /**
   * The text nodes of a block, parted where another language begins that there is a voice for.
   * @param {Element} block
   */
  function runsOf(block) {
    /** @type {Run[]} */
    const runs = [];
    const blockLanguage = languageOf(block);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      const parent = node.parentElement;
      if (!parent || parent.closest(SKIPPED)) continue;
      const language = voiceFor(languageOf(parent)) ? languageOf(parent) : blockLanguage;
      const last = runs[runs.length - 1];
      if (last?.language === language) last.nodes.push(node);
      else runs.push({ language, nodes: [node] });
    }
    return runs;
  }

  const languageOf = (/** @type {Element} */ element) => element.closest("[lang]")?.lang ?? "";

  /** @param {Run} run */
  function sentencesIn({ language, nodes }) {
    // To a segmenter the end of a line is the end of a sentence; to HTML it is a space.
    const block = nodes
      .map((node) => node.data)
      .join("")
      .replace(/\s/g, " ");
    return segments(block, language)
      .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
      .map(({ segment, index }) => {
        const from = index + segment.search(/\S/);
        const text = segment.trim();
        return { text, language, range: rangeOf(nodes, from, from + text.length) };
      });
  }

  /**
   * @param {string} text
   * @param {string} language
   */
  function segments(text, language) {
    if (!Intl.Segmenter) return [{ segment: text, index: 0 }];
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
  }

  /**
   * @param {Text[]} nodes
   * @param {number} from
   * @param {number} to
   */
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

  /** The articles of what is read, the one on the screen first: there are two until the app replaces the server's. */
  function articles() {
    const [stop, language] = reading ? [reading.stop, reading.language].map(CSS.escape) : [];
    return document.querySelectorAll(`article[data-stop="${stop}"][lang="${language}"]`);
  }

  function currentSentence() {
    const [article] = articles();
    return reading && article && sentencesOf(article)[reading.index];
  }

  // Speech

  function speak() {
    const sentence = currentSentence();
    if (!reading || !sentence) return stop();
    const { text, language } = sentence;
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, { lang: language, voice: voiceFor(language) ?? null, rate: speed });
    utterance.addEventListener("end", () => isCurrent(utterance) && speakNext());
    utterance.addEventListener("error", () => isCurrent(utterance) && stop());
    // Chromium doesn't report the end of an utterance to which nothing refers.
    reading.utterance = utterance;
    speech.speak(utterance);
    highlight(sentence.range);
  }

  const isCurrent = (/** @type {SpeechSynthesisUtterance} */ utterance) => reading?.utterance === utterance;

  function speakNext() {
    if (reading) reading.index += 1;
    speak();
  }

  function speakAfterCancel() {
    const wait = cancelledAt + CANCEL_DELAY - performance.now();
    if (wait > 0) timer = setTimeout(speak, wait);
    // A browser may ask that speech begins within the click.
    else speak();
  }

  function cancelSpeech() {
    clearTimeout(timer);
    if (!reading) return;
    reading.utterance = null;
    speech.cancel();
    cancelledAt = performance.now();
  }

  /** @param {HTMLElement} article */
  function start(article) {
    cancelSpeech();
    reading = { stop: article.dataset.stop ?? "", language: article.lang, index: 0 };
    speakAfterCancel();
    updateControls();
  }

  // Not the engine's own pause, which on Android ends the utterance and elsewhere may never be lifted.
  function pause() {
    cancelSpeech();
    if (reading) reading.isPaused = true;
    updateControls();
  }

  function resume() {
    if (!reading) return;
    reading.isPaused = false;
    if (reading.range && !lineBoxes(reading.range).every(isVisible)) scrollToRange(reading.range);
    speakAfterCancel();
    updateControls();
  }

  function stop() {
    if (!reading) return;
    cancelSpeech();
    reading = null;
    CSS.highlights?.delete(HIGHLIGHT);
    const stopButton = document.activeElement?.closest("[data-speech=stop]");
    updateControls();
    stopButton?.parentElement?.querySelector("[data-speech=toggle]")?.focus({ preventScroll: true });
  }

  /** @param {number} rate */
  function setSpeed(rate) {
    speed = rate;
    if (reading && !reading.isPaused) {
      cancelSpeech();
      speakAfterCancel();
    }
    updateControls();
  }

  // Controls and highlight

  /** @param {HTMLElement | null} article */
  function stateOf(article) {
    if (!reading || !article || ![...articles()].includes(article)) return "silent";
    return reading.isPaused ? "paused" : "reading";
  }

  function updateControls() {
    for (const control of document.querySelectorAll(".tour-read-aloud")) {
      const button = find(control, "[data-speech=toggle]");
      const state = stateOf(control.closest("article"));
      const label = button.dataset[state] ?? "";
      control.dataset.state = state;
      // Only where it differs: the observer that calls this would be called again.
      if (button.textContent !== label) button.textContent = label;
      find(control, "select").value = `${speed}`;
    }
  }

  /** After any change of the page: reading ends with its article, and goes on in one that took its place. */
  function onPageChange() {
    if (reading && !articles().length) stop();
    // The text that the range was on has left the page.
    const moved = reading?.range?.collapsed && currentSentence();
    if (moved) highlight(moved.range);
    updateControls();
  }

  /**
   * The page scrolls with the text only while the visitor has it on the screen.
   * @param {Range} range
   */
  function highlight(range) {
    if (!reading) return;
    const isFollowed = reading.range && lineBoxes(reading.range).some(isVisible);
    reading.range = range;
    CSS.highlights?.set(HIGHLIGHT, new Highlight(range));
    if (isFollowed && !lineBoxes(range).every(isVisible)) scrollToRange(range);
  }

  const lineBoxes = (/** @type {Range} */ range) => [...range.getClientRects()];

  /**
   * By what is on the screen, so that all that can hide a line counts: header, navigation, an open map, our controls.
   * @param {DOMRect} line
   */
  function isVisible(line) {
    const element = document.elementFromPoint(line.left + 1, line.top + line.height / 2);
    return Boolean(element?.closest("article") && !element.closest(".tour-read-aloud"));
  }

  /** @param {Range} range */
  function scrollToRange(range) {
    const app = range.startContainer.parentElement?.closest("#root main");
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = range.getBoundingClientRect().top - innerHeight / 3;
    (app ?? document.documentElement).scrollBy({ top, behavior: isStill ? "instant" : "smooth" });
  }

  const ACTIONS = { silent: start, reading: pause, paused: resume };

  document.addEventListener("click", (event) => {
    const button = closest(event, "[data-speech]");
    const article = button?.closest("article");
    if (!article) return;
    if (button?.dataset.speech === "stop") stop();
    else ACTIONS[stateOf(article)](article);
  });
  document.addEventListener("change", (event) => {
    const select = closest(event, ".tour-read-aloud select");
    if (select) setSpeed(Number(select.value));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) stop();
  });
  addEventListener("pagehide", stop);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  speech.addEventListener?.("voiceschanged", onVoicesChanged);
  onVoicesChanged();
  new MutationObserver(onPageChange).observe(document.body, { childList: true, subtree: true });
})();
