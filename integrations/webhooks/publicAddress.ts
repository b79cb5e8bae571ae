import { BlockList, isIP } from 'node:net';

// What IANA's special-purpose registries (RFC 6890 and after) keep for private, local, test and multicast use.
// One list for each family: in a common one, an IPv4 address would also be checked as the IPv6 address that it maps to.
const special = { 4: new BlockList(), 6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) special[4].addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8],
] as const) special[6].addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is one of the public internet: not of this machine, of a private network, or of a cloud's metadata service. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4: return !special[4].check(address, 'ipv4');
    case 6: return !special[6].check(address, 'ipv6');
    default: return false;
  }
}
