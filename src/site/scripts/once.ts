// A form under way is not sent a second time by an impatient finger. Without it the request key does the same on the server.
document.addEventListener('submit', ({ target }) => {
  if (!(target instanceof HTMLFormElement)) return;
  const buttons = [...target.querySelectorAll('button')];
  setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  // Back from the next page by the browser's own way: as it was.
  addEventListener('pageshow', () => buttons.forEach((button) => (button.disabled = false)), { once: true });
});
