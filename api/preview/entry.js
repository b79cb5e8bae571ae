// What a preview's thread runs. A thread does not take over the loader of the one that starts it, so it begins in plain JavaScript.
import('tsx').then(() => require('./thread.ts').run());
