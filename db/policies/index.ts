export { publishPolicy, PolicyConflictError, type PublishedPolicy } from './publishPolicy';
export { activePolicyVersion, findPolicyVersion, listPolicyVersions, loadPolicyVersions, nextVersionOf, policiesInForce, startablePolicies, versionInPlace, type PolicyVersion, type PolicyVersionRow } from './policyVersions';
