import type { Answer, AnswerState, Point, Ref } from '../assessment/index.ts';
import type { Anchors } from './anchors.ts';
import { type Html, html, joined, NOTHING, prose } from './html.ts';

/** Word and shape say the state; colour only repeats it. */
const STATES: { readonly [state in AnswerState]: { readonly word: string; readonly shape: Html } } =
  {
    answered: { word: 'Answered', shape: html`<circle cx="8" cy="8" r="6.5" class="solid"/>` },
    partly: {
      word: 'Partly',
      shape: html`<circle cx="8" cy="8" r="6.5"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13z" class="solid"/>`,
    },
    unknown: { word: 'Unknown', shape: html`<circle cx="8" cy="8" r="6.5" class="dashed"/>` },
    contested: {
      word: 'Contested',
      shape: html`<path d="M8 1l7 7-7 7-7-7z"/><path d="M8 1l7 7-7 7z" class="solid"/>`,
    },
  };

function stateChip(state: AnswerState): Html {
  const { word, shape } = STATES[state];
  return html`<span class="state state-${state}"><svg viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>${word}</span>`;
}

/** The first thing that a reader sees: which questions stand how, then each answer in full. */
export function boardSection(board: readonly Answer[], anchors: Anchors): Html {
  return html`<section id="board" aria-labelledby="board-title">
<h2 id="board-title">Question board</h2>
${atAGlance(board)}
<ol class="board">${board.map((answer) => answerCard(answer, anchors))}</ol>
</section>
`;
}

function atAGlance(board: readonly Answer[]): Html {
  const order: readonly AnswerState[] = ['answered', 'contested', 'partly', 'unknown'];
  const rows = order.flatMap((state) => {
    const answers = board.filter((answer) => answer.state === state);
    if (answers.length === 0) return [];
    const links = answers.map(
      ({ question, asks }) => html`<li><a href="#q-${question}">${asks}</a></li>`,
    );
    return [
      html`<div class="glance-row"><dt>${stateChip(state)} <span class="count">${answers.length} of ${board.length}</span></dt><dd><ul>${links}</ul></dd></div>`,
    ];
  });
  return html`<dl class="glance">${rows}</dl>
`;
}

function answerCard(answer: Answer, anchors: Anchors): Html {
  const { question, asks, state, text, points, confidence, basis, wouldChange } = answer;
  const held =
    confidence === null
      ? html`<p class="basis">Nothing is claimed. Basis: ${prose(basis)}.</p>`
      : html`<p class="basis"><a href="#confidence">Confidence</a>: ${confidence}. Basis: ${prose(basis)}.</p>`;
  return html`<li class="answer answer-${state}" id="q-${question}">
<div class="answer-head"><h3>${asks}</h3>${stateChip(state)}</div>
<div class="answer-text"><p>${prose(text)}</p>${pointList(points)}${held}${evidenceLine(answer, anchors)}</div>
<div class="settle"><h4>What would settle it</h4><ul>${wouldChange.map((each) => html`<li>${prose(each)}</li>`)}</ul></div>
</li>
`;
}

function pointList(points: readonly Point[]): Html {
  if (points.length === 0) return NOTHING;
  const parts = points.map(({ about, says }) => {
    const [first = '', ...more] = says;
    const said =
      more.length === 0
        ? prose(first)
        : html`<ul>${says.map((each) => html`<li>${prose(each)}</li>`)}</ul>`;
    return html`<div><dt>${prose(about)}</dt><dd>${said}</dd></div>`;
  });
  return html`<dl class="points">${parts}</dl>`;
}

function evidenceLine({ evidence }: Answer, anchors: Anchors): Html {
  if (evidence.length === 0) return NOTHING;
  const links = evidence.map((ref) => refLink(ref, anchors));
  return html`<p class="evidence">Evidence: ${joined(links, ', ')}</p>`;
}

/** Links to the row on this page; what has none here is named with its digest and place. */
function refLink({ kind, id }: Ref, anchors: Anchors): Html {
  const section = anchors.findings.get(id);
  if (section !== undefined) return html`<a href="#${section.id}">${section.title}</a>`;
  const label = kind === 'campaign' ? anchors.campaigns.get(id) : anchors.exhibits.get(id);
  if (label !== undefined) return html`<a href="#${label}">${kind} ${label}</a>`;
  return html`${kind} <code>${id.slice(0, 12)}</code> (in findings.json)`;
}
