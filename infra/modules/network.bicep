// Optional: a virtual network for the app's way out and for private endpoints, and one private DNS zone for each kind of service.
// The zones are made here, once: endpoints that each made their own would get in each other's way.

import { privateZones } from '../types.bicep'

param name string
param location string
param tags object

@description('Address space in CIDR, at least a /24; the app gets its first half, the endpoints the second')
param addressSpace string

@description('Domain of Azure OpenAI endpoints')
param openAiDomain string

// Half of the space each: one more bit in the prefix.
var half = int(split(addressSpace, '/')[1]) + 1

var zoneNames = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink.queue.${environment().suffixes.storage}'
  'privatelink.table.${environment().suffixes.storage}'
  // The zone says vaultcore where the vault's URL says vault ("Azure Private Endpoint private DNS zone values").
  'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
  'privatelink.${openAiDomain}'
]

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        name: 'snet-app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, half, 0)
          // Flex Consumption delegates to Container Apps, unlike other plans; the provider Microsoft.App must be registered.
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, half, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'snet-app' }
  resource endpointSubnet 'subnets' existing = { name: 'snet-endpoints' }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for zone in zoneNames: {
  name: zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (zone, i) in zoneNames: {
  parent: zones[i]
  name: 'router'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

output appSubnetId string = network::appSubnet.id
output endpointSubnetId string = network::endpointSubnet.id
output zones privateZones = {
  blob: zones[0].id
  queue: zones[1].id
  table: zones[2].id
  vault: zones[3].id
  openai: zones[4].id
}
