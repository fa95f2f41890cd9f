// Comfort only: every page works without it.
(() => {
  'use strict';
  // Lists of a filter send it at once; its button is for those without scripts.
  for (const list of document.querySelectorAll('select[data-send]')) {
    list.addEventListener('change', () => list.form.requestSubmit());
    list.form.classList.add('sends');
  }
  // The key "/" leads to the search, whatever the layout of the keyboard.
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
    if (event.code === 'Slash' && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      document.getElementById('find')?.select();
    }
  });
  // Empty fields of a filter do not enter the address.
  document.addEventListener('submit', (event) => {
    for (const field of event.target.querySelectorAll('input[name],select[name]')) {
      if (!field.value) field.disabled = true;
    }
  });
  addEventListener('pageshow', () => {
    for (const field of document.querySelectorAll('form [name]:disabled')) field.disabled = false;
  });
})();
