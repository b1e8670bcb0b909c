// An opening code behind the number sign of a link goes into its field, and out of the address. Without script it is typed.
const field = document.querySelector<HTMLInputElement>('#code');
const code = decodeURIComponent(location.hash.slice(1));
if (field !== null && field.value === '' && /^[0-9A-Za-z-]{16,40}$/.test(code)) {
  field.value = code;
  history.replaceState(null, '', location.pathname + location.search);
}
