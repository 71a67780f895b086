'use strict';
(() => {
  const search = document.getElementById('search');
  const technique = document.getElementById('technique');
  const verdict = document.getElementById('verdict');
  const rows = [...document.querySelectorAll('.ledger tbody tr')];
  const all = [...document.querySelectorAll('[data-search]')];

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    for (const entry of all) {
      const fits = words.every(word => entry.dataset.search.includes(word))
        && (!technique.value || entry.dataset.technique === technique.value)
        && (!verdict.value || (entry.dataset.verdicts ?? '').split('|').includes(verdict.value));
      entry.hidden = !fits;
    }
    const shown = rows.filter(row => !row.hidden).length;
    document.getElementById('count').textContent = shown === rows.length ? `${rows.length} claims` : `${shown} of ${rows.length} claims`;
    document.getElementById('none').hidden = shown > 0;
    for (const section of document.querySelectorAll('#papers, #notebooks')) {
      section.hidden = [...section.querySelectorAll('[data-search]')].every(entry => entry.hidden);
    }
  }
  for (const control of [search, technique, verdict]) control.addEventListener('input', filter);

  const body = document.querySelector('.ledger tbody');
  const heads = [...document.querySelectorAll('.ledger thead th')];
  heads.forEach((head, column) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: head.textContent });
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const sign = down ? -1 : 1;
      const number = head.dataset.sort === 'number';
      const key = row => (number ? row.cells[column].dataset.value : row.cells[column].textContent);
      // What has no value stands last in either order.
      rows.sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (number && (x === '' || y === '')) return (x === '') - (y === '');
        return sign * (number ? x - y : x.localeCompare(y));
      });
      body.append(...rows);
    });
  });
  // A browser may have kept what was typed before the page was loaded again.
  filter();
})();
