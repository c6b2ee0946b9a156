// Runs in the map's frame after Leaflet and before folium's own lines: the drawn land, the stops, and what they do.

// Folium makes a marker before it sets our icon; without this Leaflet asks for the two pictures of its own.
L.Marker.mergeOptions({ icon: L.divIcon({ className: "" }) });

// The map tells the server its first state and would tell it again after each move. Such a message carries the address of
// the moment it was sent, and can take a visitor who has just stepped back to where they were. Only clicks are to speak.
if (window.__GLOBAL_DATA__) {
  window.__GLOBAL_DATA__.previous_data = { last_object_clicked_count: 0, last_object_clicked_tooltip: null };
}

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
L.Map.mergeOptions({ zoomSnap: 0.5, keyboardPanDelta: 120, zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm });

// The step moves the map within a city in 0.6 s; between cities, or for those who want no motion, it is there at once.
const FAR = 50_000; // metres
const ON_THE_WAY = 600; // milliseconds
const setView = L.Map.prototype.setView;
L.Map.prototype.setView = function (centre, zoom, options) {
  if (!this._loaded || options) return setView.call(this, centre, zoom, options);
  // The page has us look there before the server does: on the way already.
  if (this.tourGoal?.zoom === zoom && this.tourGoal.centre.equals(centre) && this.tourGoal.since > performance.now() - ON_THE_WAY) return this;
  this.tourGoal = { centre: L.latLng(centre), zoom, since: performance.now() };
  const still = calm || this.distance(this.getCenter(), L.latLng(centre)) > FAR;
  return setView.call(this, centre, zoom, still ? { animate: false } : { animate: true, pan: { duration: ON_THE_WAY / 1000 } });
};

// Leaflet opens popups by the keyboard and nothing else: Enter and Space are to do what a click does.
document.addEventListener("keydown", (event) => {
  if ((event.key !== "Enter" && event.key !== " ") || !event.target.classList?.contains("leaflet-marker-icon")) return;
  event.preventDefault();
  event.target.click();
});

/** Language, panes, credit, the view of the whole thread, and the switch to streets. */
window.tourStart = (map, { language, words, continent, whole, streets }) => {
  // Streamlit names the frame after the library; a screen reader should hear what it is.
  document.documentElement.lang = map.options.language = language;
  document.title = words.title;
  // A link out of the frame's own opens beside the page: in the frame another site may not be shown.
  document.head.append(Object.assign(document.createElement("base"), { target: "_blank" }));
  window.tourLook = (centre, zoom) => map.setView(centre, zoom);
  nameZoom(map.zoomControl, words);
  for (const [name, height] of [["drawn", 250], ["streets", 260], ["names", 300]]) map.createPane(name).style.zIndex = height;
  map.getPane("names").style.pointerEvents = "none";
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>').addAttribution(words.credit);
  if (whole) new Whole({ position: "topleft", whole, name: words.whole }).addTo(map);
  if (streets) new Streets({ position: "topright", ...streets }).addTo(map);
  const tidy = later(() => { spread(map); declutter(map); });
  map.on("zoomend moveend layeradd", tidy);
  // The page gives the frame its height after Leaflet has measured it.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  const near = () => {
    map.getContainer().classList.toggle("tour-close-up", map.getZoom() >= SPREAD_FROM);
    map.getContainer().classList.toggle("tour-near", map.getZoom() > continent);
  };
  map.on("zoomend", near).whenReady(near);
};

function nameZoom({ _zoomInButton, _zoomOutButton }, { zoomIn, zoomOut }) {
  for (const [button, name] of [[_zoomInButton, zoomIn], [_zoomOutButton, zoomOut]]) {
    button.title = name;
    button.setAttribute("aria-label", name);
  }
}

/** What a file of the map says in the visitor's language: name_ru, else name. */
const inLanguage = (map, said, field) => said[`${field}_${map.options.language}`] ?? said[field];

/** Calls at most once a frame. */
function later(work) {
  let asked = 0;
  return () => { asked ||= requestAnimationFrame(() => { asked = 0; work(); }); };
}

const Whole = L.Control.extend({
  onAdd(map) {
    const bar = L.DomUtil.create("div", "leaflet-bar");
    const button = L.DomUtil.create("button", "tour-control", bar);
    button.type = "button";
    button.textContent = this.options.name;
    L.DomEvent.disableClickPropagation(bar).on(button, "click", () => map.fitBounds(this.options.whole, { animate: false, padding: [40, 40] }));
    return bar;
  },
});

// Streets lie over the drawn map: a tile that fails leaves land and river and not a hole.
const Streets = L.Control.extend({
  onAdd(map) {
    const { name, address, credit, creditAddress, maxZoom, on } = this.options;
    const link = document.createElement("a");
    Object.assign(link, { href: creditAddress, textContent: credit });
    const tiles = L.tileLayer(address, { pane: "streets", maxNativeZoom: maxZoom, maxZoom: 19, attribution: link.outerHTML, className: "tour-tiles" });
    const label = L.DomUtil.create("label", "leaflet-bar tour-control");
    const box = L.DomUtil.create("input", "", label);
    box.type = "checkbox";
    box.checked = on;
    label.append(name);
    const turn = () => (box.checked ? tiles.addTo(map) : tiles.remove());
    L.DomEvent.disableClickPropagation(label).on(box, "change", turn);
    turn();
    return label;
  },
});

/** How many files are yet to be looked at or drawn, before the map is whole. */
window.tourDrawing = 0;

/** A GeoJSON file under everything else, fetched when it is wanted: near a point, or shown from `toZoom` down only. */
window.tourDrawn = (map, url, { toZoom, near } = {}) => {
  const layer = L.layerGroup();
  let asked = false;
  window.tourDrawing += 1;
  const show = () => {
    const wanted = near ? asked || map.distance(map.getCenter(), near) < FAR : map.getZoom() <= toZoom;
    if (!wanted) return layer.remove();
    layer.addTo(map);
    asked ||= draw(map, layer, url);
  };
  // Not at once: the map begins in the first city, and is sent to its stop in the same breath.
  map.whenReady(() => setTimeout(async () => {
    map.on("zoomend moveend", show);
    show();
    await asked;
    window.tourDrawing -= 1;
  }));
};

async function draw(map, layer, url) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) return console.warn(`The drawn map ${url} could not be fetched.`);
  const land = await answer.json();
  if (land.credit) map.attributionControl.addAttribution(inLanguage(map, land, "credit"));
  L.geoJSON(land, {
    pane: "drawn",
    interactive: false,
    smoothFactor: 0.4,
    style: ({ properties }) => ({ className: classes("tour-drawn", properties) }),
    pointToLayer: ({ properties }, point) => label(point, inLanguage(map, properties, "name"), properties),
    onEachFeature: ({ properties: { from_zoom = 0, to_zoom = 99 } }, shape) => { shape.tourZooms = [from_zoom, to_zoom]; },
  }).addTo(layer);
}

const classes = (kindred, { kind, rough, ring, side }) => [kindred, `tour-${kind}`, rough && "tour-rough", ring && "tour-ring", side && `tour-side-${side}`].filter(Boolean).join(" ");

function label(point, name, properties) {
  const text = document.createElement("span");
  text.textContent = name;
  if (properties.angle) text.style.rotate = `${properties.angle}deg`;
  const icon = L.divIcon({ className: classes("tour-name", properties), html: text, iconSize: [0, 0] });
  return L.marker(point, { pane: "names", interactive: false, keyboard: false, icon });
}

const PIN = 44; // pixels; as wide as a thumb needs

/** The thread of a city up to the visitor and beyond, how far a place may lie from its pin, and the pins of its stops. */
window.tourStops = (layer, { here, pins, thread, within }) => {
  const places = new Map(pins.map(({ number, at }) => [number, at]));
  for (const [from, to] of thread.pairs) {
    const className = `tour-thread tour-${thread.colour} tour-${to <= here ? "sewn" : "ahead"}`;
    L.polyline([places.get(from), places.get(to)], { className, interactive: false }).addTo(layer);
  }
  for (const { at, radius, colour } of within) L.circle(at, { radius, className: `tour-within tour-${colour}`, fill: false, interactive: false }).addTo(layer);
  for (const each of pins) pin(each, each.number === here).addTo(layer);
};

function pin({ number, name, at, marker, colour }, isHere) {
  const [face, title] = ["span", "b"].map((tag) => document.createElement(tag));
  face.setAttribute("aria-hidden", "true");
  face.textContent = number;
  title.textContent = name;
  const icon = L.divIcon({
    html: face.outerHTML + title.outerHTML,
    className: `tour-pin tour-${marker} tour-${colour}${isHere ? " tour-here" : ""}`,
    iconSize: [PIN, PIN],
  });
  // The component reads the tooltip of a pin that was pressed, as HTML.
  return L.marker(at, { icon, zIndexOffset: isHere ? 1000 : 0 }).bindTooltip(title.innerHTML, { sticky: true });
}

// Pins that would lie on one another step aside, the visitor's own stays; a thin leg shows where each belongs.
const ELBOW = 44; // pixels between the middles of two pins: each is so wide a target
const SPREAD_FROM = 11; // zoom: further out a city is one place

function spread(map) {
  const pins = [];
  map.eachLayer((layer) => layer._icon?.classList.contains("tour-pin") && pins.push(layer));
  if (!pins.length) return;
  const spots = pins.map((pin, at) => ({ pin, home: map.latLngToLayerPoint(pin.getLatLng()), x: 0, y: 0, still: pin._icon.classList.contains("tour-here"), at }));
  if (map.getZoom() >= SPREAD_FROM) for (let round = 0; round < 60; round++) if (!nudge(spots)) break;
  for (const { pin, x, y } of spots) {
    pin._icon.style.translate = `${x}px ${y}px`;
    pin._icon.style.setProperty("--leg", `${Math.hypot(x, y)}px`);
    pin._icon.style.setProperty("--turn", `${Math.atan2(-y, -x)}rad`);
    pin._icon.classList.toggle("tour-aside", Math.hypot(x, y) > 6);
  }
}

function nudge(spots) {
  let moved = false;
  for (const one of spots) for (const other of spots) {
    if (one.at >= other.at) continue;
    let across = other.home.x + other.x - one.home.x - one.x;
    let down = other.home.y + other.y - one.home.y - one.y;
    const apart = Math.hypot(across, down);
    if (apart >= ELBOW) continue;
    if (apart < 0.5) [across, down] = [1, 0.3];
    const length = Math.hypot(across, down);
    const push = (ELBOW - apart) / (one.still || other.still ? 1 : 2) + 0.1;
    if (!one.still) [one.x, one.y] = [one.x - (across / length) * push, one.y - (down / length) * push];
    if (!other.still) [other.x, other.y] = [other.x + (across / length) * push, other.y + (down / length) * push];
    moved = true;
  }
  return moved;
}

// What is drawn thickens with the zoom and shows from the zoom where it helps. A name shows where it has room: not over a
// pin, a control or a name that came before it.
function declutter(map) {
  const zoom = map.getZoom();
  const frame = map.getContainer().getBoundingClientRect();
  const taken = [...map.getContainer().querySelectorAll(".tour-pin span, .leaflet-control")].map((each) => each.getBoundingClientRect());
  map.getContainer().style.setProperty("--k", 2 ** (zoom - 16));
  map.eachLayer((layer) => {
    const shape = layer._path ?? layer._icon;
    if (!layer.tourZooms || !shape) return;
    const [from, to] = layer.tourZooms;
    shape.style.display = zoom < from || zoom > to ? "none" : "";
    if (layer._icon && !shape.style.display) shape.style.display = hasRoom(shape.firstElementChild, frame, taken) ? "" : "none";
  });
}

function hasRoom(text, frame, taken) {
  const box = text.getBoundingClientRect();
  const meets = (other) => box.left < other.right + 3 && box.right > other.left - 3 && box.top < other.bottom + 1 && box.bottom > other.top - 1;
  if (!meets(frame)) return true;
  if (taken.some(meets)) return false;
  taken.push(box);
  return true;
}
