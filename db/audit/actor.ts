/** Who did something, as the audit trail names them. */
export interface Actor {
  kind: 'user' | 'api-key' | 'system';
  id: string;
  name: string;
}

export const systemActor: Actor = { kind: 'system', id: 'dunwell', name: 'Dunwell' };
