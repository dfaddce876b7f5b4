// Lists and reads, with Google's own clients, everything that load balancers are made of, and prints what it sees.
// Arguments: endpoint (http://127.0.0.1:port), project, zone of the endpoint groups, bearer token.
import {createRequire} from 'node:module';
import compute from '@google-cloud/compute';
import {DNS} from '@google-cloud/dns';

const [endpoint, project, zone, token] = process.argv.slice(2);
const url = new URL(endpoint);

// The library that the client itself brings: a login of another copy would be none to it.
const loginOf = client => {
  const {GoogleAuth, OAuth2Client} =
    createRequire(createRequire(import.meta.url).resolve(client))('google-auth-library');
  const authClient = new OAuth2Client();
  authClient.setCredentials({access_token: token, expiry_date: Date.now() + 3_600_000});
  return new GoogleAuth({authClient, projectId: project});
};

const auth = loginOf('google-gax');
const clientOf = Client => new Client({
  auth, apiEndpoint: url.hostname, port: Number(url.port), protocol: url.protocol.slice(0, -1), fallback: true,
});

const seen = {};
const readAll = async (collection, Client, member, where = {}) => {
  const client = clientOf(Client);
  const [listed] = await client.list({project, ...where});
  seen[collection] = [];
  for (const item of listed) {
    const [read] = await client.get({project, ...where, [member]: item.name});
    if (read.selfLink !== item.selfLink) {
      throw new Error(`${collection}: ${item.name} is read as ${read.selfLink}`);
    }

    seen[collection].push(read);
  }

  return client;
};

await readAll('addresses', compute.GlobalAddressesClient, 'address');
await readAll('forwardingRules', compute.GlobalForwardingRulesClient, 'forwardingRule');
await readAll('targetHttpProxies', compute.TargetHttpProxiesClient, 'targetHttpProxy');
await readAll('targetHttpsProxies', compute.TargetHttpsProxiesClient, 'targetHttpsProxy');
await readAll('sslCertificates', compute.SslCertificatesClient, 'sslCertificate');
await readAll('urlMaps', compute.UrlMapsClient, 'urlMap');
await readAll('healthChecks', compute.HealthChecksClient, 'healthCheck');

const services = await readAll('backendServices', compute.BackendServicesClient, 'backendService');
for (const service of seen.backendServices) {
  service.health = [];
  for (const backend of service.backends) {
    const [health] = await services.getHealth({
      project, backendService: service.name, resourceGroupReferenceResource: {group: backend.group},
    });
    service.health.push(...health.healthStatus.map(status => status.healthState));
  }
}

const groups = await readAll(
  'networkEndpointGroups', compute.NetworkEndpointGroupsClient, 'networkEndpointGroup', {zone});
for (const group of seen.networkEndpointGroups) {
  const [endpoints] = await groups.listNetworkEndpoints({
    project, zone, networkEndpointGroup: group.name,
    networkEndpointGroupsListEndpointsRequestResource: {healthStatus: 'SHOW'},
  });
  group.endpoints = endpoints.map(item => `${item.networkEndpoint.ipAddress}:${item.networkEndpoint.port}`);
}

// Lists over all places have a form of their own.
seen.aggregated = [];
for await (const [place, part] of clientOf(compute.BackendServicesClient).aggregatedListAsync({project})) {
  seen.aggregated.push(...(part.backendServices ?? []).map(service => `${place}/${service.name}`));
}

const dns = new DNS({projectId: project, authClient: loginOf('@google-cloud/common')});
dns.baseUrl = `${endpoint.replace(/\/$/, '')}/dns/v1`;
const [zones] = await dns.getZones();
seen.managedZones = [];
seen.recordSets = [];
for (const managed of zones) {
  const [metadata] = await managed.getMetadata();
  seen.managedZones.push({name: managed.name, dnsName: metadata.dnsName});
  const [records] = await managed.getRecords();
  for (const record of records) {
    seen.recordSets.push({name: record.metadata.name, type: record.type, data: record.data, ttl: record.metadata.ttl});
  }
}

console.log(JSON.stringify(seen));
