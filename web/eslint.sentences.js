// What people read stands in src/i18n, in every language. This rule finds sentences that stand elsewhere.
const LETTERS = /\p{L}{2}/u;
/** Two words, which are no selector of elements, or a number of something. */
const SENTENCE = /^(?!(input|select|button|textarea|not all)\b)(\d+|\p{L}[\p{L}’']*,?) +\p{L}/u;
/** The same in every language. */
const NAMES = new Set(['Roundelay', 'Samsung Internet', 'secure context']);
/** Of elements, of components that show what they are given, and of values that are made for them. */
const SHOWN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'hint',
  'label',
  'placeholder',
  'sentence',
  'short',
  'text',
  'title',
  'unit',
  'words',
]);

/** Attributes that hold names and not sentences. */
const OF_ELEMENTS = new Set(['class', 'd', 'key', 'preserveAspectRatio', 'rel', 'style', 'viewBox']);

function isWords(text) {
  return LETTERS.test(text) && !NAMES.has(text.trim());
}

/** The parts of an expression that are shown and written out here. */
function literals(node) {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' && isWords(node.value) ? [node] : [];
    case 'TemplateLiteral':
      return node.quasis.some(({ value }) => isWords(value.cooked)) ? [node] : [];
    case 'ConditionalExpression':
      return [...literals(node.consequent), ...literals(node.alternate)];
    case 'LogicalExpression':
      return [...literals(node.left), ...literals(node.right)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...literals(node.left), ...literals(node.right)] : [];
    case 'JSXExpressionContainer':
      return literals(node.expression);
    default:
      return [];
  }
}

/** What only browsers or the author of a program read. */
function isForPrograms(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'JSXAttribute' && OF_ELEMENTS.has(at.name.name)) return true;
    if (at.type === 'NewExpression') return /(Error|Exception)$/.test(at.callee.name ?? '');
    if (at.type === 'FunctionDeclaration' || at.type === 'ImportDeclaration') return false;
  }
  return false;
}

const sentences = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { here: 'This is read by people: it belongs into src/i18n, in every language (see CONTRIBUTING.md).' },
  },
  create(context) {
    const found = new Set();
    const report = (node) => {
      if (!found.has(node)) context.report({ node, messageId: 'here' });
      found.add(node);
    };
    const sentence = (node, text) => {
      if (typeof text === 'string' && SENTENCE.test(text) && !NAMES.has(text) && !isForPrograms(node)) report(node);
    };
    return {
      JSXText(node) {
        if (isWords(node.value)) report(node);
      },
      JSXAttribute(node) {
        if (SHOWN.has(node.name.name)) literals(node.value).forEach(report);
      },
      'JSXElement > JSXExpressionContainer, JSXFragment > JSXExpressionContainer'(node) {
        literals(node).forEach(report);
      },
      Property(node) {
        if (node.key.type === 'Identifier' && SHOWN.has(node.key.name)) literals(node.value).forEach(report);
      },
      Literal: (node) => sentence(node, node.value),
      TemplateLiteral: (node) => sentence(node, node.quasis[0].value.cooked),
    };
  },
};

export default { rules: { sentences } };
