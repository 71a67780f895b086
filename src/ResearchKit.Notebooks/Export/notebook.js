'use strict';
(() => {
  // A button that copies stands on each block of code and each printed text.
  for (const block of document.querySelectorAll('.source > pre, .text > pre')) {
    const frame = block.parentElement.classList.contains('source') ? block.parentElement : document.createElement('div');
    if (frame !== block.parentElement) {
      frame.className = 'copies';
      block.replaceWith(frame);
      frame.append(block);
    }
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', textContent: 'Copy' });
    button.addEventListener('click', async () => {
      const text = block.textContent;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Not every browser lets a file write to the clipboard this way.
        getSelection().selectAllChildren(block);
        document.execCommand('copy');
        getSelection().removeAllRanges();
      }
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    frame.append(button);
  }

  const cells = [...document.querySelectorAll('details.code')];
  const all = document.getElementById('code');
  if (cells.length > 0) {
    const label = () => { all.textContent = cells.every(cell => cell.open) ? 'Hide code' : 'Show code'; };
    all.addEventListener('click', () => {
      const open = !cells.every(cell => cell.open);
      for (const cell of cells) cell.open = open;
      label();
    });
    for (const cell of cells) cell.addEventListener('toggle', label);
    label();
    all.hidden = false;
  }

  // A link into folded parts opens them.
  const show = () => {
    let at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') at.open = true;
    }
  };
  addEventListener('hashchange', show);
  show();
})();
