export { publishPolicy, PolicyConflictError, type PublishedPolicy } from './publishPolicy';
export { activePolicyVersion, findPolicyVersion, listPolicyVersions, loadPolicyVersions, type PolicyVersion, type PolicyVersionRow } from './policyVersions';
