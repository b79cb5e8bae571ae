/** How a customer pays, in words. */
export const behaviourNames: Readonly<Record<string, string>> = { new: 'New', prompt: 'Promptly', slow: 'Slowly', 'at-risk': 'At risk' };
