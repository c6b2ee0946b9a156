// Runs in the map's frame after Leaflet, before folium's own lines: the drawn land, and what folium expects of its absent libraries.

// Folium makes a default marker before it sets our icon; without this Leaflet asks for a picture that isn't there.
L.Icon.Default.imagePath = new URL("../leaflet/images/", document.currentScript.src).href;
// All that folium's tooltips and popups need of jQuery.
window.$ ??= (markup) => {
  const template = document.createElement("template");
  template.innerHTML = String(markup).trim();
  return [template.content.firstElementChild];
};

// The map tells the server its first state and would tell it again after each move. Such a message carries the address of
// the moment it was sent, and can take a visitor who has just stepped back to where they were. Only clicks are to speak.
if (window.__GLOBAL_DATA__) {
  window.__GLOBAL_DATA__.previous_data = { last_object_clicked_count: 0, last_object_clicked_tooltip: null };
}

// Streamlit names the frame after the library; a screen reader should hear what it is.
document.documentElement.lang = "en";
document.title = "Map of the stops";

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
L.Map.mergeOptions({ zoomSnap: 0.5, keyboardPanDelta: 120, zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, worldCopyJump: false });

// The step moves the map within a city in 0.6 s; between cities, or for those who want no motion, it is there at once.
const setView = L.Map.prototype.setView;
L.Map.prototype.setView = function (centre, zoom, options) {
  if (!this._loaded || options) return setView.call(this, centre, zoom, options);
  const far = this.distance(this.getCenter(), L.latLng(centre)) > 50_000;
  return setView.call(this, centre, zoom, far || calm ? { animate: false } : { animate: true, pan: { duration: 0.6 } });
};

// Leaflet opens popups by the keyboard and nothing else: Enter and Space are to do what a click does.
document.addEventListener("keydown", (event) => {
  if ((event.key !== "Enter" && event.key !== " ") || !event.target.classList?.contains("leaflet-marker-icon")) return;
  event.preventDefault();
  event.target.click();
});

window.tourDrawn = (map, url) => {
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  if (!map.getPane("drawn")) {
    map.createPane("drawn").style.zIndex = 250;
    map.createPane("names").style.zIndex = 260;
    map.attributionControl.addAttribution("Drawn map, not to scale for navigation");
  }
  fetch(url)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((land) => {
      if (land.credit) map.attributionControl.addAttribution(land.credit);
      L.geoJSON(land, {
        pane: "drawn",
        interactive: false,
        style: ({ properties }) => ({ className: `tour-land tour-${properties.kind}` }),
        pointToLayer: ({ properties }, point) => L.marker(point, {
          pane: "names",
          interactive: false,
          keyboard: false,
          icon: L.divIcon({ className: `tour-name tour-${properties.kind}`, html: "", iconSize: null }),
        }).on("add", (event) => { event.target.getElement().textContent = properties.name; }),
      }).addTo(map);
    })
    .catch((reason) => console.warn(`The drawn map ${url} could not be fetched (${reason}).`));
};
