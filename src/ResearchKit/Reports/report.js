'use strict';
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const color = name => getComputedStyle(root).getPropertyValue(name).trim();

  const figures = JSON.parse(document.getElementById('figures').textContent);
  const plots = [...document.querySelectorAll('.plot')];
  // Without a pointer to hover with, plotly.js would lay the bar over the legend for good.
  const displayModeBar = matchMedia('(hover: hover)').matches ? 'hover' : false;
  const config = { responsive: true, displaylogo: false, displayModeBar, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'] };

  // The figure says what is drawn; width and theme, which only the page knows, are laid over it.
  function layoutOf(figure) {
    const layout = structuredClone(figure.layout);
    const axis = { gridcolor: color('--rule'), linecolor: color('--faint'), zerolinecolor: color('--rule'), automargin: true, separatethousands: true };
    if (typeof layout.title === 'string') layout.title = { text: layout.title };
    Object.assign(layout, {
      autosize: true,
      height: Math.min(Math.max(layout.height ?? 400, 200), 1200),
      margin: { l: 48, r: 12, t: layout.title?.text ? 64 : 8, b: 44 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { family: getComputedStyle(document.body).fontFamily, size: 13, color: color('--text') },
      colorway: [0, 1, 2, 3, 4, 5, 6, 7].map(i => color('--s' + i)),
      hoverlabel: { bgcolor: color('--panel'), bordercolor: color('--rule'), font: { color: color('--text') } },
      bargap: 0.2,
    });
    delete layout.width;
    // Beside the chart, a legend would leave it no room on a phone.
    if (innerWidth < 640) layout.legend = { ...layout.legend, orientation: 'h', x: 0, y: 1.02 };
    if (layout.legend?.orientation === 'h') layout.legend = { ...layout.legend, yanchor: 'bottom', xanchor: 'left' };
    if (layout.title?.text) layout.title = { ...layout.title, x: 0, xref: 'paper', font: { size: 15, color: color('--text') } };
    for (const name of new Set(['xaxis', 'yaxis', ...Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key))])) {
      layout[name] = { ...axis, ...layout[name] };
      if (typeof layout[name].title === 'string') layout[name].title = { text: layout[name].title };
      layout[name].title = { ...layout[name].title, font: { size: 13, color: color('--soft') } };
    }
    Object.assign(layout.xaxis, { showgrid: false, autotickangles: [0, -35, -90] });
    // Decades only: the digits between them crowd a small chart.
    if (layout.yaxis.type === 'log') Object.assign(layout.yaxis, { dtick: 1, tickformat: ',.12~g' });
    return layout;
  }

  function dataOf(figure) {
    const data = structuredClone(figure.data);
    for (const trace of data) {
      if (trace.type === 'bar' && trace.error_y) trace.error_y.color = color('--text');
    }
    return data;
  }

  async function draw() {
    if (!globalThis.Plotly) return;
    for (const plot of plots) {
      const figure = figures[plot.dataset.figure];
      const box = plot.closest('.chart');
      box.classList.add('drawn');
      try {
        await Plotly.react(plot, dataOf(figure), layoutOf(figure), config);
      } catch (error) {
        box.classList.remove('drawn');
        console.error(error);
      }
    }
  }

  const button = document.getElementById('theme');
  const label = () => { button.textContent = isDark() ? 'Light' : 'Dark'; };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    label();
    draw();
  });
  system.addEventListener('change', () => { label(); draw(); });
  label();
  button.hidden = false;
  draw();
})();
