// The editor of a conclusion: sums add up while they are typed, the forms beside follow each save. It all works without.
(() => {
  'use strict';
  const form = document.querySelector('.editor form');
  const parser = new DOMParser();
  // Tiyn of what people write; nothing is lost in fractions.
  const tiyn = (text) => {
    const found = /^(\d[\d\s\u00a0\u202f]*)(?:[.,](\d{1,2}))?\s*₸?$/.exec(text.trim());
    return found ? BigInt(found[1].replace(/\D/g, '')) * 100n + BigInt((found[2] ?? '').padEnd(2, '0')) : 0n;
  };
  const shown = form.querySelector('[data-total]')?.textContent ?? '';
  const point = shown.includes(',') ? ',' : '.';
  const group = point === '.' ? ',' : '\u00a0';
  const written = (sum) => (sum / 100n).toString().replace(/\B(?=(\d{3})+$)/g, group) + point + (sum % 100n).toString().padStart(2, '0') + '\u00a0₸';
  const add = () => {
    let lines = 0n, penalties = 0n;
    for (const field of form.querySelectorAll('[data-sum]')) if (!form.elements[field.dataset.sum].checked) lines += tiyn(field.value);
    for (const field of form.querySelectorAll('[data-penalty]')) penalties += tiyn(field.value);
    form.querySelector('[data-total]').textContent = written(lines);
    const owed = form.querySelector('[data-penalties]');
    if (owed) owed.textContent = written(penalties);
  };
  if (shown) form.addEventListener('input', add);
  form.addEventListener('saved', async () => {
    const answer = await fetch(location.pathname, { credentials: 'same-origin' });
    if (!answer.ok) return;
    const page = parser.parseFromString(await answer.text(), 'text/html');
    for (const id of ['preview', 'checks']) {
      const fresh = page.getElementById(id);
      if (fresh) document.getElementById(id).replaceChildren(...fresh.childNodes);
    }
  });
})();
