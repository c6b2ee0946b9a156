// In the map's frame, before every other script: messages of any window but the page around it, on our own origin, are
// dropped. The frame runs what a message contains, and a site that embeds or opens it could send it anything.
addEventListener(
  "message",
  (event) => {
    if (event.source !== window.parent || event.origin !== location.origin) event.stopImmediatePropagation();
  },
  true,
);
