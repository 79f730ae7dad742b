// One Azure OpenAI account in one region, with its deployments.

import { accountDeployment, privateZones } from '../types.bicep'

@description('Name of the account, and its subdomain, unique in the world: 2 to 64')
@minLength(2)
@maxLength(64)
param name string

@description('Region of the account')
param location string

param tags object
param deployments accountDeployment[]

@description('Let the account take keys. Otherwise only tokens count')
param allowKeys bool

@description('Bring back an account of this name that was deleted in the last 48 hours')
param restore bool

@description('Resource id of the workspace for audit log and metrics')
param workspaceId string

@description('Region of the private endpoint: that of the virtual network')
param endpointLocation string

@description('Subnet for a private endpoint; empty leaves the account public')
param endpointSubnetId string

@description('Private DNS zones; null without private endpoints')
param zones privateZones?

var isPrivate = !empty(endpointSubnetId)

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name // tokens are taken on a subdomain of one's own only
    disableLocalAuth: !allowKeys
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow' }
    restore: restore ? true : null
  }
}

// One by one: an account answers RequestConflict to a second deployment while it makes the first. Accounts go in parallel.
@batchSize(1)
resource modelDeployments 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = [for d in deployments: {
  parent: account
  name: d.name
  sku: {
    name: d.sku
    capacity: d.capacity
  }
  properties: {
    model: {
      format: d.modelFormat
      name: d.modelName
      version: d.modelVersion
    }
    versionUpgradeOption: d.versionUpgrade
  }
}]

// Azure's own count of calls and tokens, to hold against the router's.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [
      { categoryGroup: 'audit', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

module endpoint 'privateendpoint.bicep' = if (isPrivate) {
  name: 'endpoint-${name}'
  params: {
    name: 'pep-${name}'
    location: endpointLocation
    tags: tags
    serviceId: account.id
    group: 'account'
    zoneId: zones!.openai
    subnetId: endpointSubnetId
  }
  dependsOn: [modelDeployments] // an endpoint changes the account too, and would be another RequestConflict
}
