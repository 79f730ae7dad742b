// One private endpoint and its entry in a private DNS zone. The service may stand in another region than the network.

param name string
param location string
param tags object

@description('Resource id of the service behind the endpoint')
param serviceId string

@description('Part of the service: blob, queue, table, vault or account')
param group string

@description('Resource id of the private DNS zone')
param zoneId string

param subnetId string

resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: group
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [group]
        }
      }
    ]
  }
}

resource zoneEntry 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: group
        properties: { privateDnsZoneId: zoneId }
      }
    ]
  }
}
