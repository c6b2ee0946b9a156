// In the map's frame, before all else: it hears the page around it, if that is one of ours, and nobody else. What the frame
// is told it runs, and whoever shows or opens it from elsewhere could tell it anything.
addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== location.origin) event.stopImmediatePropagation();
}, true);
