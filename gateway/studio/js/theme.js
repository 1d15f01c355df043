/** Light, dark or as the system: applied before the first paint, so this is no module. */

(() => {
  const SLOT = "atelier.theme";
  const ORDER = ["system", "light", "dark"];

  function chosen() {
    try {
      const saved = localStorage.getItem(SLOT);
      return ORDER.includes(saved) ? saved : "system";
    } catch {
      return "system";
    }
  }

  function apply(theme) {
    document.documentElement.dataset.theme = theme;
  }

  apply(chosen());

  globalThis.atelierTheme = {
    get value() {
      return chosen();
    },
    next() {
      const theme = ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length];
      try {
        localStorage.setItem(SLOT, theme);
      } catch {
        // Without storage the choice lasts until the page is left.
      }
      apply(theme);
      return theme;
    },
  };
})();
