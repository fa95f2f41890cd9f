// Comfort only: every page works without it.
(() => {
  'use strict';
  // Lists of a filter send it at once; its button is for those without scripts.
  for (const list of document.querySelectorAll('select[data-send]')) {
    list.addEventListener('change', () => list.form.requestSubmit());
    list.form.classList.add('sends');
  }
  // Single keys are switched off in one place for all pages; each switch says the same.
  const switches = [...document.querySelectorAll('input[data-keys]')];
  let keys = true;
  try { keys = localStorage.getItem('kepil-keys') !== 'off'; } catch { /* known for this page alone */ }
  for (const box of switches) {
    box.checked = keys;
    box.closest('label').hidden = false;
    box.addEventListener('change', () => {
      keys = box.checked;
      for (const other of switches) other.checked = keys;
      try { localStorage.setItem('kepil-keys', keys ? 'on' : 'off'); } catch { /* the same */ }
    });
  }
  // A phrase is put behind what was written.
  for (const list of document.querySelectorAll('select[data-phrases]')) {
    list.addEventListener('change', () => {
      const text = list.form.elements[list.dataset.phrases];
      const words = list.selectedOptions[0].textContent.replace(/^\d · /, '');
      if (list.value) text.value = (text.value.trim() + ' ' + words).trim();
      list.value = '';
      text.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
  // The key "/" leads to the search, whatever the layout of the keyboard.
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
    if (keys && event.code === 'Slash' && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
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
  // What is written is saved by itself a moment after the last key.
  for (const form of document.querySelectorAll('form[data-autosave]')) {
    const told = form.querySelector('[data-saved]');
    let waiting = 0;
    let sending = Promise.resolve();
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { sending = sending.then(save); }, 1200);
    });
    form.addEventListener('submit', () => clearTimeout(waiting));
    const save = async () => {
      const body = new FormData(form);
      body.append('autosave', '1');
      try {
        const answer = await fetch(form.action, { method: 'POST', body });
        const { version, saved, conflict } = await answer.json();
        if (!conflict) form.elements.version.value = version;
        if (!conflict) form.dispatchEvent(new Event('saved'));
        told.textContent = saved;
        told.classList.toggle('wrong', conflict);
      } catch { /* The next key tries again, and the button saves too. */ }
    };
  }
  // A field for files speaks the language of the page, not that of the browser.
  const files = () => {
    for (const field of document.querySelectorAll('input[type=file]:not(.worded)')) {
      const [box, press, told] = ['span', 'span', 'span'].map((name) => document.createElement(name));
      const tell = () => { told.textContent = [...field.files].map((file) => file.name).join(', ') || document.body.dataset.noFile; };
      field.classList.add('worded');
      field.replaceWith(box);
      box.className = 'file-field';
      press.className = 'press';
      told.className = 'told';
      press.textContent = document.body.dataset.file;
      press.ariaHidden = told.ariaHidden = 'true';
      box.append(press, told, field);
      field.addEventListener('change', tell);
      tell();
    }
  };
  files();
  document.addEventListener('fresh', files);
  // One press is enough.
  for (const form of document.querySelectorAll('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = '1';
    });
    addEventListener('pageshow', () => delete form.dataset.sent);
  }
  // Work on a register is followed while it lasts.
  for (const place of document.querySelectorAll('[data-progress]')) {
    const source = new EventSource(place.dataset.progress);
    source.addEventListener('progress', (event) => {
      const { done, text, over } = JSON.parse(event.data);
      place.querySelector('progress').value = done;
      place.querySelector('[data-state]').textContent = text + '…';
      if (over) {
        source.close();
        location.reload();
      }
    });
  }
  for (const all of document.querySelectorAll('[data-all]')) {
    all.hidden = false;
    all.addEventListener('change', () => {
      for (const box of all.form.querySelectorAll(`input[name="${all.dataset.all}"]`)) box.checked = all.checked;
    });
  }
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }
})();
