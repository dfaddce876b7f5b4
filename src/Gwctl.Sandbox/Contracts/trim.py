#!/usr/bin/env python3
"""Cuts a full API contract down to the operations that the sandbox implements.

    trim.py FULL_CONTRACT_DIRECTORY

reads <cloud>.<service>.json files of the form "contract/1" and writes <service>.json beside this script: the operations
named below, every shape reachable from them, the error table, and the wire facts. The bounds that the vendor states
only in prose ("docBounds") are folded in as "doc" facts on the member they bound, or as "keyed" bounds on a key/value
structure, so that a reader needs one place only. Types that the full contract states in place get a name of their own
("Address.name"), so that a member is always a reference. One shape per line keeps the diffs of an update readable.
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
        DeleteHostedZone GetChange GetHealthCheck GetHealthCheckStatus GetHostedZone GetHostedZoneCount ListHealthChecks
        ListHostedZones ListHostedZonesByName ListResourceRecordSets ListTagsForResource ListTagsForResources
        UpdateHealthCheck UpdateHostedZoneComment""",
    "tagging": "GetResources GetTagKeys GetTagValues TagResources UntagResources",
    "sts": "AssumeRole AssumeRoleWithWebIdentity GetCallerIdentity",
    "cloudwatch": "GetMetricData",
}
GCP = {
    # Left out: what only reads or writes IAM, signed URLs, security policies and moves between projects.
    "compute": r"(?!.*(Iam|SignedUrl|SecurityPolic|\.move$|listUsable$|invalidateCache$))",
    "dns": r"(?!.*(Iam|dnsKeys))",
    "certificatemanager": r"projects\.locations\.(?!certificateIssuanceConfigs|trustConfigs|.*cancel$)",
}
FACTS_OF_TYPE = ("type", "format", "wire", "enum", "min", "max", "pattern", "member", "key", "value", "shape")
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


def named(contract, shapes, owner, ref):
    """The name of the shape that a reference stands for; types and bounds given in place become a shape."""
    own = {k: v for k, v in ref.items() if k in FACTS_OF_TYPE}
    if own.get("type") in ("timestamp", "blob"):
        own["type"] = "string"
    if ref.get("enumOpen"):
        own.pop("enum", None)
    if "shape" in own:
        base = own.pop("shape")
        if not own:
            return base
        own = {**contract["shapes"][base], **own}
    for part in ("member", "key", "value"):
        if part in own:
            own[part] = {"shape": named(contract, shapes, f"{owner}.{part}", own[part])}
    if own == {"type": own["type"]}:
        owner = own["type"]
    shapes[owner] = own
    return owner


def lift(contract):
    """The contract's shapes with every member a reference."""
    shapes = {}
    for name, shape in contract["shapes"].items():
        lifted = dict(shape)
        for part in ("member", "key", "value"):
            if part in shape:
                lifted[part] = {"shape": named(contract, shapes, f"{name}.{part}", shape[part])}
        if "members" in shape:
            lifted["members"] = {
                member: {"shape": named(contract, shapes, f"{name}.{member}", ref),
                         **{k: v for k, v in ref.items() if k not in FACTS_OF_TYPE and k != "enumOpen"}}
                for member, ref in shape["members"].items()
            }
        shapes[name] = lifted
    return shapes


def trim_gcp(service, contract):
    contract = {**contract, "shapes": lift(contract)}
    wanted = re.compile(GCP[service])
    operations = {
        name: {k: o[k] for k in ("http", "input", "output") if k in o}
        for name, o in contract["operations"].items() if wanted.match(name)
    }
    error = contract["metadata"]["errorShape"]
    used = reachable(contract, [error] + [o[side] for o in operations.values() for side in ("input", "output")])
    return {
        "service": service,
        "apiVersion": contract["apiVersion"],
        "protocol": contract["protocol"],
        "errors": contract["metadata"]["commonErrors"],
        "operations": operations,
        "shapes": {name: shape for name, shape in sorted(contract["shapes"].items()) if name in used},
    }


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
    for service in GCP:
        contract = json.loads((source / f"gcp.{service}.json").read_text())
        (target / f"{service}.json").write_text(render(trim_gcp(service, contract)))


if __name__ == "__main__":
    main()
