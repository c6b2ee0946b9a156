// Runs in the map's frame after Leaflet and before folium's script: the base maps, the route, the stops' pins.

// The component sends the server the map's first state, and would send it again after each move. Such a message
// carries the URL of the moment it was sent, and can take a visitor who has just stepped back to where they were: only
// clicks are to be sent.
if (window.__GLOBAL_DATA__) {
  window.__GLOBAL_DATA__.previous_data = { last_object_clicked_count: 0, last_object_clicked_tooltip: null };
}

// Before any map is made: Leaflet's own, with a flag, would be shown until the map is set up.
L.Control.Attribution.prototype.options.prefix = '<a href="https://leafletjs.com">Leaflet</a>';

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
const animations = ["zoomAnimation", "fadeAnimation", "markerZoomAnimation"].map((name) => [name, !reducedMotion]);
L.Map.mergeOptions({ zoomSnap: 0.5, keyboardPanDelta: 120, ...Object.fromEntries(animations) });

// A step moves the map within a city in 0.6 s; between cities, or with reduced motion, it is there at once.
const CITY_RADIUS = 50_000; // metres
const PAN_DURATION = 600; // milliseconds
const setView = L.Map.prototype.setView;
L.Map.prototype.setView = function (centre, zoom, options) {
  if (!this._loaded || options) return setView.call(this, centre, zoom, options);
  // The page sets the view before the server does: the second call finds the map on its way.
  const target = this.tourTarget;
  const isTarget = target?.zoom === zoom && target?.centre.equals(centre);
  if (target && isTarget && target.since > performance.now() - PAN_DURATION) return this;
  this.tourTarget = { centre: L.latLng(centre), zoom, since: performance.now() };
  const animate = !reducedMotion && this.distance(this.getCenter(), L.latLng(centre)) <= CITY_RADIUS;
  return setView.call(this, centre, zoom, animate ? { animate, pan: { duration: PAN_DURATION / 1000 } } : { animate });
};

// Leaflet's markers answer clicks alone: Enter and Space are to do what a click does.
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!["Enter", " "].includes(key) || !(target instanceof HTMLElement)) return;
  if (!target.classList.contains("leaflet-marker-icon")) return;
  event.preventDefault();
  target.click();
});

window.tourPendingBasemaps = 0;

// Set up the map: language, panes, controls, base maps, the route between the cities.
window.tourSetUpMap = (map, settings) => {
  const { language, messages, placement, overviewZoom, basemaps, legs, bounds, tileLayer } = settings;
  Object.assign(map.options, { language, placement });
  // Streamlit names the frame after the library; a screen reader should hear what it is.
  document.documentElement.lang = language;
  document.title = messages.title;
  // Folium's forbids zooming.
  for (const meta of document.querySelectorAll("meta[name=viewport]")) {
    meta.content = "width=device-width, initial-scale=1";
  }
  // A link leads out of the frame into a new tab: another site may not be shown within it.
  document.head.append(Object.assign(document.createElement("base"), { target: "_blank" }));
  window.tourSetView = (centre, zoom) => map.setView(centre, zoom);
  const panes = { basemap: { zIndex: 250 }, tiles: { zIndex: 260 }, labels: { zIndex: 300, pointerEvents: "none" } };
  for (const [name, style] of Object.entries(panes)) Object.assign(map.createPane(name).style, style);
  map.attributionControl.addAttribution(messages.credit);
  L.control.zoom({ zoomInTitle: messages.zoomIn, zoomOutTitle: messages.zoomOut }).addTo(map);
  if (legs.length) addControl(map, "topleft", wholeRouteControl(map, bounds, messages.wholeRoute));
  if (tileLayer) addControl(map, "topright", tilesControl(map, tileLayer));
  map.on(
    "zoomend moveend layeradd",
    oncePerFrame(() => {
      separatePins(map);
      declutter(map);
    }),
  );
  // The page gives the frame its height after Leaflet has measured it.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  const markZoom = () => {
    map.getContainer().classList.toggle("tour-city-zoom", map.getZoom() >= MIN_SEPARATION_ZOOM);
    map.getContainer().classList.toggle("tour-overview", map.getZoom() <= overviewZoom);
  };
  map.on("zoomend", markZoom).whenReady(markZoom);
  for (const basemap of basemaps) addBasemap(map, basemap);
  for (const leg of legs) addLeg(map, leg);
};

/**
 * Calls `callback` at most once a frame.
 * @param {() => void} callback
 */
function oncePerFrame(callback) {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      callback();
    });
  };
}

/**
 * @param {L.Map} map
 * @param {L.ControlPosition} position
 * @param {HTMLElement} element
 */
function addControl(map, position, element) {
  const control = new L.Control({ position });
  control.onAdd = () => element;
  L.DomEvent.disableClickPropagation(element);
  control.addTo(map);
}

/**
 * @param {L.Map} map
 * @param {Point[]} bounds
 * @param {string} name
 */
function wholeRouteControl(map, bounds, name) {
  const bar = L.DomUtil.create("div", "leaflet-bar");
  const button = L.DomUtil.create("button", "tour-control", bar);
  Object.assign(button, { type: "button", textContent: name });
  button.addEventListener("click", () => map.fitBounds(bounds, { animate: false, padding: [40, 40] }));
  return bar;
}

/**
 * Tiles lie over the base map: one that fails leaves land and river and not a hole.
 * @param {L.Map} map
 * @param {TileLayer} values
 */
function tilesControl(map, { name, address, credit, credit_address: href, max_zoom: maxNativeZoom, visible }) {
  const attribution = Object.assign(document.createElement("a"), { href, textContent: credit }).outerHTML;
  const options = { pane: "tiles", maxNativeZoom, maxZoom: 19, attribution, className: "tour-tiles" };
  const tiles = L.tileLayer(address, options);
  const label = L.DomUtil.create("label", "leaflet-bar tour-control");
  const checkbox = L.DomUtil.create("input", "", label);
  Object.assign(checkbox, { type: "checkbox", checked: visible });
  label.append(name);
  const toggle = () => (checkbox.checked ? tiles.addTo(map) : tiles.remove());
  checkbox.addEventListener("change", toggle);
  toggle();
  return label;
}

/**
 * A GeoJSON file under everything else, fetched when it is first shown: near a point, or from `toZoom` outwards.
 * @param {L.Map} map
 * @param {Basemap} basemap
 */
function addBasemap(map, { url, toZoom = 0, near }) {
  const layer = L.layerGroup();
  /** @type {Promise<void> | undefined} */
  let loading;
  window.tourPendingBasemaps += 1;
  const update = () => {
    const isShown = near ? loading || map.distance(map.getCenter(), near) < CITY_RADIUS : map.getZoom() <= toZoom;
    if (!isShown) return layer.remove();
    layer.addTo(map);
    loading ||= loadBasemap(map, layer, url);
  };
  // Not at once: the map begins in the first city, and its view is set to a stop in the same task.
  map.whenReady(() =>
    setTimeout(async () => {
      map.on("zoomend moveend", update);
      update();
      await loading;
      window.tourPendingBasemaps -= 1;
    }),
  );
}

/**
 * @param {L.Map} map
 * @param {L.LayerGroup} layer
 * @param {string} url
 */
async function loadBasemap(map, layer, url) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) return console.warn(`The drawn map ${url} could not be fetched.`);
  const basemap = await response.json();
  if (basemap.credit) map.attributionControl.addAttribution(localized(map, basemap, "credit"));
  /** @type {L.GeoJSONOptions<FeatureProperties> & L.PolylineOptions} */
  const options = {
    pane: "basemap",
    interactive: false,
    smoothFactor: 0.4,
    style: (feature) => ({ className: classNames("tour-basemap", feature?.properties) }),
    pointToLayer: ({ properties }, point) => {
      const options = { pane: "labels", angle: properties.angle };
      return label(point, localized(map, properties, "name"), classNames("tour-label", properties), options);
    },
    onEachFeature: ({ properties: { from_zoom = 0, to_zoom = 99 } }, feature) => {
      feature.tourZooms = [from_zoom, to_zoom];
    },
  };
  L.geoJSON(basemap, options).addTo(layer);
}

/**
 * A text of a base map in the visitor's language: name_ru, else name.
 * @param {L.Map} map
 * @param {Record<string, unknown>} texts
 * @param {string} field
 */
const localized = (map, texts, field) => `${texts[`${field}_${map.options.language}`] ?? texts[field] ?? ""}`;

/**
 * @param {string} base
 * @param {Partial<FeatureProperties>} [properties]
 */
const classNames = (base, { kind, rough, ring, side } = {}) =>
  [base, `tour-${kind}`, rough && "tour-rough", ring && "tour-ring", side && `tour-side-${side}`]
    .filter(Boolean)
    .join(" ");

/**
 * @param {L.LatLngExpression} point
 * @param {string} text
 * @param {string} className
 * @param {L.MarkerOptions & {angle?: number}} [options]
 */
function label(point, text, className, { angle, ...options } = {}) {
  const span = Object.assign(document.createElement("span"), { textContent: text });
  if (angle) span.style.rotate = `${angle}deg`;
  const icon = L.divIcon({ className, html: span, iconSize: [0, 0] });
  return L.marker(point, { interactive: false, keyboard: false, icon, ...options });
}

/**
 * @param {L.Map} map
 * @param {Leg} leg
 */
function addLeg(map, { halves, length }) {
  for (const { colour, points } of halves) {
    L.polyline(points, { className: `tour-arc tour-${colour}`, interactive: false }).addTo(map);
  }
  label(halves[1].points[0], length, "tour-label tour-distance").addTo(map);
}

// Draw a stop's layer: the route of its city up to the stop and beyond, how far a place may lie from its pin, the pins.
window.tourDrawStop = (layer, { current, pins, route, uncertainty }) => {
  const points = new Map(pins.map(({ number, point }) => [number, point]));
  for (const [from, to] of route.pairs) {
    const ends = /** @type {Point[]} */ ([points.get(from), points.get(to)]);
    const className = `tour-route tour-${route.colour} tour-${to <= current ? "done" : "pending"}`;
    L.polyline(ends, { className, interactive: false }).addTo(layer);
  }
  for (const { point, radius } of uncertainty) {
    const className = `tour-uncertainty tour-${route.colour}`;
    L.circle(point, { radius, className, fill: false, interactive: false }).addTo(layer);
  }
  for (const values of pins) pin(values, values.number === current).addTo(layer);
};

const TOUCH_TARGET_SIZE = 44; // pixels

/**
 * @param {PinValues} values
 * @param {boolean} isCurrent
 */
function pin({ number, name, point, marker, colour }, isCurrent) {
  const face = Object.assign(document.createElement("span"), { textContent: number });
  face.setAttribute("aria-hidden", "true");
  const title = Object.assign(document.createElement("b"), { textContent: name });
  const icon = L.divIcon({
    html: face.outerHTML + title.outerHTML,
    className: `tour-pin tour-${marker} tour-${colour}${isCurrent ? " tour-current" : ""}`,
    iconSize: [TOUCH_TARGET_SIZE, TOUCH_TARGET_SIZE],
  });
  const options = { icon, isPin: true, isCurrent, zIndexOffset: isCurrent ? 1000 : 0 };
  // The component reads the tooltip of a pin that was pressed, as HTML.
  return L.marker(point, options).bindTooltip(title.innerHTML, { sticky: true });
}

const MIN_SEPARATION_ZOOM = 11; // further out a city is one place

/**
 * Pins that would overlap make room for one another, the current one stays; leader lines show where each belongs.
 * @param {L.Map} map
 */
function separatePins(map) {
  const { minSeparation, maxRounds, leaderMin } = map.options.placement;
  /** @type {{element: HTMLElement, anchor: L.Point, isCurrent?: boolean}[]} */
  const pins = [];
  map.eachLayer((layer) => {
    const element = layer instanceof L.Marker && layer.options.isPin && layer.getElement();
    if (!element) return;
    const { isCurrent } = layer.options;
    pins.push({ element, anchor: map.latLngToLayerPoint(layer.getLatLng()), isCurrent });
  });
  const spots = pins.map(({ anchor }) => anchor);
  const fixed = pins.findIndex(({ isCurrent }) => isCurrent);
  let rounds = map.getZoom() >= MIN_SEPARATION_ZOOM ? maxRounds : 0;
  while (rounds-- > 0 && pushApart(spots, fixed, minSeparation));
  pins.forEach(({ element: { style, classList }, anchor }, index) => {
    const { x, y } = spots[index].subtract(anchor);
    style.translate = `${x}px ${y}px`;
    style.setProperty("--leader-length", `${Math.hypot(x, y)}px`);
    style.setProperty("--leader-angle", `${Math.atan2(-y, -x)}rad`);
    classList.toggle("tour-displaced", Math.hypot(x, y) > leaderMin);
  });
}

/**
 * Moves apart whatever is too close; false if nothing was. Like tour/maps/placement.py, step for step.
 * @param {L.Point[]} spots
 * @param {number} fixed
 * @param {number} minSeparation
 */
function pushApart(spots, fixed, minSeparation) {
  let hasMoved = false;
  for (let one = 0; one < spots.length; one++)
    for (let other = one + 1; other < spots.length; other++) {
      const distance = spots[one].distanceTo(spots[other]);
      if (distance >= minSeparation) continue;
      const direction = distance < 0.5 ? L.point(1, 0.3) : spots[other].subtract(spots[one]);
      const length = (minSeparation - distance) / (one === fixed || other === fixed ? 1 : 2) + 0.1;
      const push = direction.multiplyBy(length / Math.hypot(direction.x, direction.y));
      if (one !== fixed) spots[one] = spots[one].subtract(push);
      if (other !== fixed) spots[other] = spots[other].add(push);
      hasMoved = true;
    }
  return hasMoved;
}

/**
 * Shows what helps at this zoom. A label shows where it has room: not over a pin, a control or a label before it.
 * The zoom sets --line-scale as well, by which lines thicken.
 * @param {L.Map} map
 */
function declutter(map) {
  const zoom = map.getZoom();
  const container = map.getContainer();
  const frame = container.getBoundingClientRect();
  const obstacles = [...container.querySelectorAll(".tour-pin span, .leaflet-control")];
  const occupied = obstacles.map((element) => element.getBoundingClientRect());
  container.style.setProperty("--line-scale", `${2 ** (zoom - 16)}`);
  map.eachLayer((layer) => {
    const element = layer.tourZooms && layer.getElement?.();
    if (!layer.tourZooms || !element) return;
    const [from, to] = layer.tourZooms;
    const hide = (/** @type {boolean | undefined} */ isHidden) => {
      element.style.display = isHidden ? "none" : "";
    };
    hide(zoom < from || zoom > to);
    if (layer instanceof L.Marker && !element.style.display) {
      hide(!hasRoom(element.firstElementChild, frame, occupied, map.options.placement.labelGap));
    }
  });
}

/**
 * @param {Element | null} text
 * @param {DOMRect} frame
 * @param {DOMRect[]} occupied
 * @param {[x: number, y: number]} gap
 */
function hasRoom(text, frame, occupied, [gapX, gapY]) {
  if (!text) return false;
  const box = text.getBoundingClientRect();
  const overlaps = (/** @type {DOMRect} */ other) =>
    box.left < other.right + gapX &&
    box.right > other.left - gapX &&
    box.top < other.bottom + gapY &&
    box.bottom > other.top - gapY;
  if (!overlaps(frame)) return true;
  if (occupied.some(overlaps)) return false;
  occupied.push(box);
  return true;
}
