export { publishPolicy, PolicyConflictError, type PublishedPolicy } from './publishPolicy';
export { activePolicyVersion, findPolicyVersion, listPolicyVersions, loadPolicyVersions, nextVersionOf, type PolicyVersion, type PolicyVersionRow } from './policyVersions';
