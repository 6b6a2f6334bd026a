// Before anything is drawn: the colours that were chosen, so that no page flashes white in the dark.
(function () {
  var chosen = localStorage.getItem('platform.theme');
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
