// The reviewers' desk by keyboard. Everything it does is a form or a link of the page, which work without it.
(() => {
  'use strict';
  const review = document.querySelector('.review');
  const bulk = document.querySelector('form.bulk');
  // An exception is left out of the sum at once; the server adds up.
  bulk?.addEventListener('change', (event) => {
    if (event.target.name === 'take') bulk.requestSubmit(bulk.querySelector('.recount'));
  });
  if (!review) return;
  const parser = new DOMParser();
  let busy = false;
  const panes = () => document.getElementById('panes');
  const form = () => panes()?.querySelector('form.decision');
  const rows = () => [...review.querySelectorAll('tr[data-case]')];
  const current = () => rows().findIndex((row) => row.classList.contains('current'));

  // A step in the queue: the case beside it changes, the queue stays.
  async function show(row) {
    if (busy || !row) return;
    busy = true;
    try {
      await keep();
      const link = row.querySelector('a');
      const answer = await fetch(link.href, { credentials: 'same-origin' });
      const page = parser.parseFromString(await answer.text(), 'text/html').getElementById('panes');
      if (!answer.ok || !page) { location.href = link.href; return; }
      panes().replaceWith(page);
      document.dispatchEvent(new Event('fresh'));
      for (const other of rows()) {
        other.classList.toggle('current', other === row);
        const own = other.querySelector('a');
        if (other === row) own.setAttribute('aria-current', 'true'); else own.removeAttribute('aria-current');
      }
      row.scrollIntoView({ block: 'nearest' });
      history.replaceState(null, '', link.href);
      ready();
    } finally { busy = false; }
  }

  // What is written is kept while it is written.
  let timer = 0, unsaved = false;
  async function keep() {
    clearTimeout(timer);
    const f = form();
    if (!f || !unsaved) return;
    unsaved = false;
    const told = f.querySelector('.saved');
    const data = new FormData();
    for (const name of ['__RequestVerificationToken', 'version', 'since', 'reasons']) data.set(name, f.elements[name].value);
    if (f.elements.code) data.set('code', f.elements.code.value);
    try {
      const answer = await fetch(f.dataset.draft, { method: 'POST', body: data, headers: { Accept: 'text/plain' }, credentials: 'same-origin' });
      told.textContent = await answer.text();
      told.classList.toggle('wrong', !answer.ok);
      const saved = answer.headers.get('X-Saved-At');
      if (saved) f.elements.since.value = saved;
    } catch { unsaved = true; }
  }

  function ready() {
    const f = form();
    if (!f) return;
    unsaved = false;
    const text = f.elements.reasons;
    text.addEventListener('input', () => { unsaved = true; clearTimeout(timer); timer = setTimeout(keep, 700); });
    f.elements.code?.addEventListener('input', () => { unsaved = true; clearTimeout(timer); timer = setTimeout(keep, 700); });
    f.elements.phrase.addEventListener('change', () => put(f.elements.phrase.selectedOptions[0]));
    f.addEventListener('submit', (event) => {
      if (busy) { event.preventDefault(); return; }
      if (event.submitter?.name === 'outcome') { busy = true; clearTimeout(timer); unsaved = false; }
    });
  }

  function put(option) {
    const f = form();
    if (!f || !option?.value) return;
    const words = option.textContent.replace(/^\d · /, '');
    const text = f.elements.reasons;
    text.value = (text.value.trim() + ' ' + words).trim();
    f.elements.phrase.value = '';
    text.dispatchEvent(new Event('input'));
  }

  function decide(kind) {
    const f = form();
    if (!f || busy) return;
    if (!f.elements.reasons.value.trim()) { f.elements.reasons.focus(); return; }
    f.requestSubmit(f.querySelector('.' + kind));
  }

  function pick(row) {
    const box = row?.querySelector('input[name=case]');
    if (!box) return;
    box.checked = !box.checked;
    mark();
  }
  function mark() {
    let count = 0;
    for (const row of rows()) {
      const on = row.querySelector('input[name=case]').checked;
      row.classList.toggle('selected', on);
      if (on) count++;
    }
    const told = review.querySelector('.picked');
    if (told) told.textContent = count ? String(count) : '';
  }
  review.addEventListener('change', (event) => { if (event.target.name === 'case') mark(); });

  // How long a decision can still be undone, by the clock of the server.
  const began = performance.now();
  const waiting = [...review.querySelectorAll('.waiting form')];
  const tick = () => {
    for (const f of waiting) {
      const left = Math.ceil((f.dataset.until - f.dataset.now - (performance.now() - began)) / 1000);
      f.querySelector('.left').textContent = left > 0 ? String(left) : '';
      if (left <= 0) f.remove();
    }
  };
  if (waiting.length) { tick(); setInterval(tick, 500); }

  const dialog = document.getElementById('keys');
  const on = document.getElementById('keys-on');
  const help = review.querySelector('.keys-help');
  help.hidden = false;
  help.addEventListener('click', () => dialog.showModal());

  // By the place of the key, whatever the layout; never where somebody writes.
  document.addEventListener('keydown', (event) => {
    const at = document.activeElement;
    const typing = /^(TEXTAREA|SELECT)$/.test(at?.tagName ?? '') || (at?.tagName === 'INPUT' && at.type !== 'checkbox');
    if (event.code === 'Escape' && typing) { at.blur(); return; }
    if (typing || dialog.open || event.ctrlKey || event.altKey || event.metaKey || event.repeat && !/^Key[JK]$/.test(event.code)) return;
    if (!on.checked) return;
    if (event.code === 'Slash' && event.shiftKey) { event.preventDefault(); dialog.showModal(); return; }
    if (event.shiftKey) return;
    const list = rows();
    const place = current();
    const acts = {
      KeyJ: () => show(list[place + 1]),
      KeyK: () => show(list[place - 1]),
      KeyX: () => pick(list[place]),
      KeyA: () => decide('confirm'),
      KeyR: () => decide('reject'),
      KeyZ: () => review.querySelector('.waiting form')?.requestSubmit(),
      Enter: () => {
        // In a narrow window the case has a page of its own.
        const f = form();
        if (f?.offsetParent) f.elements.reasons.focus(); else list[place]?.querySelector('a').click();
      },
    };
    const digit = /^(?:Digit|Numpad)([1-6])$/.exec(event.code);
    if (digit) { event.preventDefault(); put(form()?.elements.phrase.options[Number(digit[1])]); return; }
    // Enter on a link or a button is theirs.
    if (event.code === 'Enter' && /^(A|BUTTON|SUMMARY|INPUT)$/.test(at?.tagName ?? '')) return;
    if (acts[event.code]) { event.preventDefault(); acts[event.code](); }
  });
  addEventListener('pagehide', keep);
  ready();
  mark();
})();
