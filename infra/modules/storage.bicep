// The storage that the Functions host needs, and the container that holds the package. No keys: shared-key access is off.

import { privateZones } from '../types.bicep'

@description('Name of the account, unique in the world: lower-case letters and digits, 3 to 24')
@minLength(3)
@maxLength(24)
param name string

param location string
param tags object

@description('Principal id of the router\'s identity, under which the host works')
param appPrincipalId string

@description('Subnet for private endpoints; empty leaves the account public')
param endpointSubnetId string

@description('Private DNS zones; null without private endpoints')
param zones privateZones?

var isPrivate = !empty(endpointSubnetId)
var packageContainer = 'app-package'

// What the Functions host asks for when it connects by identity ("Connecting to host storage with an identity").
var hostRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }
}

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in hostRoles: {
  name: guid(account.id, appPrincipalId, role)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}]

module blobEndpoint 'privateendpoint.bicep' = if (isPrivate) {
  name: 'endpoint-${name}-blob'
  params: {
    name: 'pep-${name}-blob'
    location: location
    tags: tags
    serviceId: account.id
    group: 'blob'
    zoneId: zones!.blob
    subnetId: endpointSubnetId
  }
}

module queueEndpoint 'privateendpoint.bicep' = if (isPrivate) {
  name: 'endpoint-${name}-queue'
  params: {
    name: 'pep-${name}-queue'
    location: location
    tags: tags
    serviceId: account.id
    group: 'queue'
    zoneId: zones!.queue
    subnetId: endpointSubnetId
  }
}

module tableEndpoint 'privateendpoint.bicep' = if (isPrivate) {
  name: 'endpoint-${name}-table'
  params: {
    name: 'pep-${name}-table'
    location: location
    tags: tags
    serviceId: account.id
    group: 'table'
    zoneId: zones!.table
    subnetId: endpointSubnetId
  }
}

output name string = account.name

@description('URL of the container for the package')
output packageUrl string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
