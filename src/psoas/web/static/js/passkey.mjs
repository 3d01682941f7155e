// A cancelled or refused passkey says so on the page; allauth alone would only write to the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault();
  const line = document.getElementById('passkey-error');
  if (line) line.hidden = false;
});
