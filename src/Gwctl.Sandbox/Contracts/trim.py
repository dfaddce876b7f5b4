#!/usr/bin/env python3
"""Cuts a full API contract down to the operations that the sandbox implements.

    trim.py FULL_CONTRACT_DIRECTORY

reads aws.<service>.json files of the form "contract/1" and writes <service>.json beside this script: the operations
named below, every shape reachable from them, the error table, and the wire facts. The bounds that the vendor states
only in prose ("docBounds") are folded in as "doc" facts on the member they bound, or as "keyed" bounds on a key/value
structure, so that a reader needs one place only. One shape per line keeps the diffs of an update readable.
"""
import json
import pathlib
import re
import sys

OPERATIONS = {
    "elbv2": """AddListenerCertificates AddTags CreateListener CreateLoadBalancer CreateRule CreateTargetGroup
        CreateTrustStore DeleteListener DeleteLoadBalancer DeleteRule DeleteTargetGroup DeleteTrustStore
        DeregisterTargets DescribeAccountLimits DescribeListenerAttributes DescribeListenerCertificates
        DescribeListeners DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules DescribeSSLPolicies
        DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth
        DescribeTrustStoreAssociations DescribeTrustStores GetTrustStoreCaCertificatesBundle ModifyListener
        ModifyListenerAttributes ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup ModifyTargetGroupAttributes
        ModifyTrustStore RegisterTargets RemoveListenerCertificates RemoveTags SetIpAddressType SetRulePriorities
        SetSecurityGroups SetSubnets""",
    "ec2": """AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup CreateTags
        DeleteSecurityGroup DeleteTags DescribeAccountAttributes DescribeAvailabilityZones DescribeInstances
        DescribeNetworkInterfaces DescribeSecurityGroupRules DescribeSecurityGroups DescribeSubnets DescribeVpcs
        RevokeSecurityGroupEgress RevokeSecurityGroupIngress""",
    "acm": """AddTagsToCertificate DeleteCertificate DescribeCertificate GetCertificate ImportCertificate
        ListCertificates ListTagsForCertificate RemoveTagsFromCertificate RequestCertificate""",
    "route53": """ChangeResourceRecordSets ChangeTagsForResource CreateHealthCheck CreateHostedZone DeleteHealthCheck
        DeleteHostedZone GetChange GetHealthCheck GetHostedZone GetHostedZoneCount ListHealthChecks ListHostedZones
        ListHostedZonesByName ListResourceRecordSets ListTagsForResource ListTagsForResources
        UpdateHostedZoneComment""",
    "tagging": "GetResources GetTagKeys GetTagValues TagResources UntagResources",
    "sts": "AssumeRole AssumeRoleWithWebIdentity GetCallerIdentity",
    "cloudwatch": "GetMetricData",
}
# CloudWatch also speaks CBOR and JSON; its clients here and the sandbox speak the older form of all its services.
PROTOCOLS = {"cloudwatch": "query"}
BOUND = re.compile(r"^(\w+)\.(\w+)(\[\])?(?:\(([\w.]+)\))?$")


def reachable(contract, names):
    found, pending = set(), [n for n in names if n]
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        shape = contract["shapes"][name]
        refs = list(shape.get("members", {}).values()) + [shape[k] for k in ("member", "key", "value") if k in shape]
        pending += [ref["shape"] for ref in refs]
    return found


def fold_prose_bounds(contract, shapes):
    for path, bound in contract.get("docBounds", {}).items():
        structure, member, elements, key = BOUND.match(path).groups()
        if structure not in shapes:
            continue
        if key:
            shapes[structure].setdefault("keyed", {})[key] = bound
        else:
            ref = shapes[structure]["members"][member]
            ref["docElements" if elements else "doc"] = bound


def trim(service, contract):
    operations = {name: contract["operations"][name] for name in OPERATIONS[service].split()}
    used = reachable(contract, [o[side] for o in operations.values() for side in ("input", "output")])
    shapes = {name: shape for name, shape in sorted(contract["shapes"].items()) if name in used}
    fold_prose_bounds(contract, shapes)
    declared = {code: error["httpStatus"] for code, error in contract.get("errors", {}).items()}
    metadata = contract["metadata"]
    return {
        "service": service,
        "apiVersion": contract["apiVersion"],
        "protocol": PROTOCOLS.get(service, contract["protocol"]),
        "signingName": metadata["signingName"],
        "xmlNamespace": metadata.get("xmlNamespace") or metadata["errorEnvelope"].get("namespace"),
        "targetPrefix": metadata.get("targetPrefix"),
        "errors": {**metadata["commonErrors"], **declared},
        "operations": operations,
        "shapes": shapes,
    }


def render(trimmed):
    parts = []
    for key, value in trimmed.items():
        if key in ("operations", "shapes"):
            lines = ",\n".join(f'  {json.dumps(n)}: {json.dumps(v)}' for n, v in value.items())
            parts.append(f'"{key}": {{\n{lines}\n}}')
        else:
            parts.append(f'"{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    for service in OPERATIONS:
        contract = json.loads((source / f"aws.{service}.json").read_text())
        (target / f"{service}.json").write_text(render(trim(service, contract)))


if __name__ == "__main__":
    main()
