// How far the visitor is from a stop: only when they press the button; their position is sent nowhere.
(() => {
  const EARTH_RADIUS = 6_371_008.8; // metres, the mean radius of WGS84
  const OPTIONS = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 }; // milliseconds
  const { closest, find } = window.tour;

  /** @param {HTMLElement} button */
  function showDistance(button) {
    const { messages = "{}", place = "" } = button.dataset;
    const { distance, searching, unknown } = JSON.parse(messages);
    const show = (/** @type {string} */ text) => {
      find(button.closest("section"), ".tour-position-status").textContent = text;
    };
    const onError = () => show(unknown);
    if (!navigator.geolocation) return onError();
    show(searching);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const metres = haversine([coords.latitude, coords.longitude], place.split(",").map(Number));
        show(distance.replace("%(distance)s", formatLength(metres, document.documentElement.lang)));
      },
      onError,
      OPTIONS,
    );
  }

  /**
   * The great-circle distance in metres of two points, each latitude and longitude in degrees.
   * @param {number[]} from
   * @param {number[]} to
   */
  function haversine(from, to) {
    const [lat1, lon1, lat2, lon2] = [...from, ...to].map((degrees) => (degrees * Math.PI) / 180);
    const across = Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
    return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.sin((lat2 - lat1) / 2) ** 2 + across));
  }

  /**
   * @param {number} metres
   * @param {string} language
   */
  function formatLength(metres, language) {
    const isShort = metres < 1000;
    const number = isShort ? Math.round(metres / 10) * 10 : metres / 1000;
    const unit = isShort ? "meter" : "kilometer";
    const digits = number < 10 && !isShort ? 1 : 0;
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: digits }).format(number);
  }

  document.addEventListener("click", (event) => {
    const button = closest(event, ".tour-where-am-i");
    if (button) showDistance(button);
  });
})();
