// How far the visitor is from a stop: only when they press the button; their position is sent nowhere.
(() => {
  const EARTH_RADIUS = 6_371_008.8; // metres, the mean radius of WGS84
  const OPTIONS = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 }; // milliseconds

  function showDistance(button) {
    const messages = JSON.parse(button.dataset.messages);
    const place = button.dataset.place.split(",").map(Number);
    const language = document.documentElement.lang;
    const show = (text) => {
      button.closest("section").querySelector(".tour-position-status").textContent = text;
    };
    const onPosition = ({ coords }) => {
      const distance = formatLength(haversine([coords.latitude, coords.longitude], place), language);
      show(messages.distance.replace("%(distance)s", distance));
    };
    const onError = () => show(messages.unknown);
    if (!navigator.geolocation) return onError();
    show(messages.searching);
    navigator.geolocation.getCurrentPosition(onPosition, onError, OPTIONS);
  }

  /** The great-circle distance in metres of two points, each latitude and longitude in degrees. */
  function haversine(from, to) {
    const [lat1, lon1, lat2, lon2] = [...from, ...to].map((degrees) => (degrees * Math.PI) / 180);
    const across = Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
    return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.sin((lat2 - lat1) / 2) ** 2 + across));
  }

  function formatLength(metres, language) {
    const [number, unit] = metres < 1000 ? [Math.round(metres / 10) * 10, "meter"] : [metres / 1000, "kilometer"];
    const digits = number < 10 && unit === "kilometer" ? 1 : 0;
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: digits }).format(number);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".tour-where-am-i");
    if (button) showDistance(button);
  });
})();
