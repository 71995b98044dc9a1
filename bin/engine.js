'use strict';
const { setFlagsFromString } = require('node:v8');

/**
 * How eagerly V8 optimises this process. A command lives for seconds: compiling a function with the
 * top tier costs more than it saves unless the function runs very often, and large inlined copies
 * cost most. Measured in docs/performance.md; results never depend on it.
 */
function tuneEngine() {
  // The default is 3,000: the middle tier is kept for longer, long runs still reach the top.
  setFlagsFromString('--invocation-count-for-turbofan=300000');
  // The default is 400: a run of a second compiles less, longer ones do not feel it.
  setFlagsFromString('--invocation-count-for-maglev=800');
  // The default is 920.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
}

module.exports = { tuneEngine };
