// Runs in the map's frame after Leaflet and before folium's script: the base maps, the route, the stops' pins.

// The component sends the server the map's first state, and would send it again after each move. Such a message
// carries the URL of the moment it was sent, and can take a visitor who has just stepped back to where they were: only
// clicks are to be sent.
if (window.__GLOBAL_DATA__) {
  window.__GLOBAL_DATA__.previous_data = { last_object_clicked_count: 0, last_object_clicked_tooltip: null };
}

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
  const isTarget = target?.zoom === zoom && target.centre.equals(centre);
  if (isTarget && target.since > performance.now() - PAN_DURATION) return this;
  this.tourTarget = { centre: L.latLng(centre), zoom, since: performance.now() };
  const animate = !reducedMotion && this.distance(this.getCenter(), L.latLng(centre)) <= CITY_RADIUS;
  return setView.call(this, centre, zoom, animate ? { animate, pan: { duration: PAN_DURATION / 1000 } } : { animate });
};

// Leaflet's markers answer clicks alone: Enter and Space are to do what a click does.
document.addEventListener("keydown", (event) => {
  if (!["Enter", " "].includes(event.key) || !event.target.classList?.contains("leaflet-marker-icon")) return;
  event.preventDefault();
  event.target.click();
});

/** How many base maps are yet to be looked at or drawn, before the map is complete. */
window.tourPendingBasemaps = 0;

/**
 * Set up the map: language, panes, controls, base maps, the route between the cities.
 * @param {L.Map} map
 * @param {object} settings as in tour/maps/live_map.py; points are [latitude, longitude]
 */
window.tourSetUpMap = (map, settings) => {
  const { language, messages, placement, overviewZoom, basemaps, legs, bounds, tileLayer } = settings;
  Object.assign(map.options, { language, placement });
  // Streamlit names the frame after the library; a screen reader should hear what it is.
  document.documentElement.lang = language;
  document.title = messages.title;
  // A link leads out of the frame into a new tab: another site may not be shown within it.
  document.head.append(Object.assign(document.createElement("base"), { target: "_blank" }));
  window.tourSetView = (centre, zoom) => map.setView(centre, zoom);
  const panes = { basemap: 250, tiles: 260, labels: 300 };
  for (const [name, zIndex] of Object.entries(panes)) map.createPane(name).style.zIndex = zIndex;
  map.getPane("labels").style.pointerEvents = "none";
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>').addAttribution(messages.credit);
  L.control.zoom({ zoomInTitle: messages.zoomIn, zoomOutTitle: messages.zoomOut }).addTo(map);
  if (legs.length) new WholeRouteControl({ position: "topleft", bounds, name: messages.wholeRoute }).addTo(map);
  if (tileLayer) new TilesControl({ position: "topright", ...tileLayer }).addTo(map);
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

/** Calls `callback` at most once a frame. */
function oncePerFrame(callback) {
  let request = 0;
  return () => {
    request ||= requestAnimationFrame(() => {
      request = 0;
      callback();
    });
  };
}

const WholeRouteControl = L.Control.extend({
  onAdd(map) {
    const { bounds, name } = this.options;
    const bar = L.DomUtil.create("div", "leaflet-bar");
    const button = L.DomUtil.create("button", "tour-control", bar);
    Object.assign(button, { type: "button", textContent: name });
    const showAll = () => map.fitBounds(bounds, { animate: false, padding: [40, 40] });
    L.DomEvent.disableClickPropagation(bar).on(button, "click", showAll);
    return bar;
  },
});

// Tiles lie over the base map: one that fails leaves land and river and not a hole.
const TilesControl = L.Control.extend({
  onAdd(map) {
    const { name, address, credit, credit_address: href, max_zoom: maxNativeZoom, visible } = this.options;
    const attribution = Object.assign(document.createElement("a"), { href, textContent: credit }).outerHTML;
    const options = { pane: "tiles", maxNativeZoom, maxZoom: 19, attribution, className: "tour-tiles" };
    const tiles = L.tileLayer(address, options);
    const control = L.DomUtil.create("label", "leaflet-bar tour-control");
    const checkbox = Object.assign(L.DomUtil.create("input", "", control), { type: "checkbox", checked: visible });
    control.append(name);
    const toggle = () => (checkbox.checked ? tiles.addTo(map) : tiles.remove());
    L.DomEvent.disableClickPropagation(control).on(checkbox, "change", toggle);
    toggle();
    return control;
  },
});

/** A GeoJSON file under everything else, fetched when it is first shown: near a point, or from `toZoom` outwards. */
function addBasemap(map, { url, toZoom, near }) {
  const layer = L.layerGroup();
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

async function loadBasemap(map, layer, url) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) return console.warn(`The drawn map ${url} could not be fetched.`);
  const basemap = await response.json();
  if (basemap.credit) map.attributionControl.addAttribution(localized(map, basemap, "credit"));
  L.geoJSON(basemap, {
    pane: "basemap",
    interactive: false,
    smoothFactor: 0.4,
    style: ({ properties }) => ({ className: classNames("tour-basemap", properties) }),
    pointToLayer: ({ properties }, point) => {
      const options = { pane: "labels", angle: properties.angle };
      return label(point, localized(map, properties, "name"), classNames("tour-label", properties), options);
    },
    onEachFeature: ({ properties: { from_zoom = 0, to_zoom = 99 } }, feature) => {
      feature.tourZooms = [from_zoom, to_zoom];
    },
  }).addTo(layer);
}

/** A text of a base map in the visitor's language: name_ru, else name. */
const localized = (map, texts, field) => texts[`${field}_${map.options.language}`] ?? texts[field];

const classNames = (base, { kind, rough, ring, side }) =>
  [base, `tour-${kind}`, rough && "tour-rough", ring && "tour-ring", side && `tour-side-${side}`]
    .filter(Boolean)
    .join(" ");

function label(point, text, className, { angle, ...options } = {}) {
  const span = Object.assign(document.createElement("span"), { textContent: text });
  if (angle) span.style.rotate = `${angle}deg`;
  const icon = L.divIcon({ className, html: span, iconSize: [0, 0] });
  return L.marker(point, { interactive: false, keyboard: false, icon, ...options });
}

function addLeg(map, { halves, length }) {
  for (const { colour, points } of halves) {
    L.polyline(points, { className: `tour-arc tour-${colour}`, interactive: false }).addTo(map);
  }
  label(halves[1].points[0], length, "tour-label tour-distance").addTo(map);
}

/**
 * Draw a stop's layer: the route of its city up to the stop and beyond, how far a place may lie from its pin, the pins.
 * @param {L.FeatureGroup} layer
 * @param {object} values as in tour/maps/live_map.py
 */
window.tourDrawStop = (layer, { current, pins, route, uncertainty }) => {
  const points = new Map(pins.map(({ number, point }) => [number, point]));
  for (const [from, to] of route.pairs) {
    const className = `tour-route tour-${route.colour} tour-${to <= current ? "done" : "pending"}`;
    L.polyline([points.get(from), points.get(to)], { className, interactive: false }).addTo(layer);
  }
  for (const { point, radius } of uncertainty) {
    const className = `tour-uncertainty tour-${route.colour}`;
    L.circle(point, { radius, className, fill: false, interactive: false }).addTo(layer);
  }
  for (const values of pins) pin(values, values.number === current).addTo(layer);
};

const TOUCH_TARGET_SIZE = 44; // pixels

function pin({ number, name, point, marker, colour }, isCurrent) {
  const face = Object.assign(document.createElement("span"), { textContent: number });
  face.setAttribute("aria-hidden", "true");
  const title = Object.assign(document.createElement("b"), { textContent: name });
  const icon = L.divIcon({
    html: face.outerHTML + title.outerHTML,
    className: `tour-pin tour-${marker} tour-${colour}${isCurrent ? " tour-current" : ""}`,
    iconSize: [TOUCH_TARGET_SIZE, TOUCH_TARGET_SIZE],
  });
  // The component reads the tooltip of a pin that was pressed, as HTML.
  return L.marker(point, { icon, isPin: true, isCurrent, zIndexOffset: isCurrent ? 1000 : 0 }).bindTooltip(
    title.innerHTML,
    { sticky: true },
  );
}

const MIN_SEPARATION_ZOOM = 11; // further out a city is one place

/** Pins that would overlap make room for one another, the current one stays; leader lines show where each belongs. */
function separatePins(map) {
  const { minSeparation, maxRounds, leaderMin } = map.options.placement;
  const pins = [];
  map.eachLayer((layer) => layer.options?.isPin && layer.getElement() && pins.push(layer));
  const anchors = pins.map((pin) => map.latLngToLayerPoint(pin.getLatLng()));
  const spots = [...anchors];
  const fixed = pins.findIndex((pin) => pin.options.isCurrent);
  let rounds = map.getZoom() >= MIN_SEPARATION_ZOOM ? maxRounds : 0;
  while (rounds-- > 0 && pushApart(spots, fixed, minSeparation));
  pins.forEach((pin, index) => {
    const { x, y } = spots[index].subtract(anchors[index]);
    const { style, classList } = pin.getElement();
    style.translate = `${x}px ${y}px`;
    style.setProperty("--leader-length", `${Math.hypot(x, y)}px`);
    style.setProperty("--leader-angle", `${Math.atan2(-y, -x)}rad`);
    classList.toggle("tour-displaced", Math.hypot(x, y) > leaderMin);
  });
}

/** Moves apart whatever is too close; false if nothing was. Like tour/maps/placement.py, step for step. */
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
 */
function declutter(map) {
  const zoom = map.getZoom();
  const container = map.getContainer();
  const frame = container.getBoundingClientRect();
  const obstacles = [...container.querySelectorAll(".tour-pin span, .leaflet-control")];
  const occupied = obstacles.map((element) => element.getBoundingClientRect());
  container.style.setProperty("--line-scale", 2 ** (zoom - 16));
  map.eachLayer((layer) => {
    const element = layer.tourZooms && layer.getElement?.();
    if (!element) return;
    const [from, to] = layer.tourZooms;
    const hide = (isHidden) => {
      element.style.display = isHidden ? "none" : "";
    };
    hide(zoom < from || zoom > to);
    if (layer instanceof L.Marker && !element.style.display) {
      hide(!hasRoom(element.firstElementChild, frame, occupied, map.options.placement.labelGap));
    }
  });
}

function hasRoom(text, frame, occupied, [gapX, gapY]) {
  const box = text.getBoundingClientRect();
  const overlaps = (other) =>
    box.left < other.right + gapX &&
    box.right > other.left - gapX &&
    box.top < other.bottom + gapY &&
    box.bottom > other.top - gapY;
  if (!overlaps(frame)) return true;
  if (occupied.some(overlaps)) return false;
  occupied.push(box);
  return true;
}
