// A signature by the program of the national key, which answers on this machine alone. The other ways of the page need no script.
(() => {
  'use strict';
  const form = document.querySelector('form[data-sign]');
  if (!form) return;
  const start = form.querySelector('[data-start]');
  const said = form.querySelector('[data-said]');
  const words = form.dataset;
  // In the Kazakh layout the upper row of keys gives letters and signs where digits are meant.
  const digits = (text) => [...text.toLowerCase()].map((sign) => { const key = '"әіңғ,.үұқ'.indexOf(sign); return key < 0 ? sign : '1234567890'[key]; }).join('').replace(/\D/g, '');
  // Long enough to choose a key and type its password.
  const patience = () => Number(words.patience ?? 180) * 1000;
  const say = (text, bad) => {
    said.hidden = false;
    said.textContent = text;
    said.classList.toggle('loss', bad);
    start.disabled = !bad;
  };
  const base64 = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text);
  };
  // One question, one answer; why there is none is told by a word.
  const ask = (data) => new Promise((resolve, reject) => {
    let socket;
    let greeted = false;
    let timer = setTimeout(() => end('late'), patience());
    const end = (why, signature) => {
      clearTimeout(timer);
      if (why) reject(new Error(why)); else resolve(signature);
      try { socket.close(); } catch { /* it is closed already */ }
    };
    try { socket = new WebSocket(words.sign); } catch { end('silent'); return; }
    socket.onerror = () => end(greeted ? 'failed' : 'silent');
    socket.onclose = () => end(greeted ? 'failed' : 'silent');
    socket.onmessage = (event) => {
      if (event.data === '--heartbeat--') return;
      let told;
      try { told = JSON.parse(event.data); } catch { end('failed'); return; }
      if (!greeted) {
        if (!told?.result?.version) { end('failed'); return; }
        greeted = true;
        const signer = { extKeyUsageOids: [] };
        if (words.bin) signer.bin = words.bin;
        if (form.elements.iin) signer.iin = digits(form.elements.iin.value);
        socket.send(JSON.stringify({
          module: 'kz.gov.pki.knca.basics', method: 'sign',
          args: { format: 'cms', data, locale: words.lang === 'kk' ? 'kk' : words.lang, signingParams: { decode: true, encapsulate: false, digested: false }, signerParams: signer },
        }));
        return;
      }
      const found = told?.body?.result;
      const signature = Array.isArray(found) ? found[0] : found;
      if (told.status && typeof signature === 'string' && signature) { end(null, signature); return; }
      // A closed window of the program answers without a signature.
      end(told.status || /cancel/i.test(`${told.code ?? ''} ${told.message ?? ''}`) ? 'refused' : 'failed');
    };
  });
  start.hidden = false;
  start.addEventListener('click', async () => {
    const iin = form.elements.iin;
    if (iin && digits(iin.value).length !== 12) { say(words.iin, true); iin.focus(); return; }
    say(words.working, false);
    try {
      const answer = await fetch(words.file, { credentials: 'same-origin' });
      if (!answer.ok) throw new Error('failed');
      form.elements['cms-text'].value = await ask(base64(new Uint8Array(await answer.arrayBuffer())));
      form.requestSubmit();
    } catch (error) {
      say(words[error.message] ?? words.failed, true);
    }
  });
})();
