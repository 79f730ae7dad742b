// The vault: the settings document, the callers' keys and, if keys are used at all, those of Azure OpenAI. Access by roles only.

import { privateZones } from '../types.bicep'

@description('Name of the vault, unique in the world: letters, digits and hyphens, 3 to 24')
@minLength(3)
@maxLength(24)
param name string

param location string
param tags object

@description('Principal id of the router\'s identity, which reads secrets')
param readerPrincipalId string

@description('Object id of who reads and changes secrets; empty for nobody')
param operatorPrincipalId string

@description('User, Group or ServicePrincipal')
param operatorPrincipalType string

@description('Keep a deleted vault for 90 days, and 7 otherwise')
param purgeProtection bool

@description('Resource id of the workspace for the audit log')
param workspaceId string

@description('Subnet for a private endpoint; empty leaves the vault public')
param endpointSubnetId string

@description('Private DNS zones; null without private endpoints')
param zones privateZones?

var isPrivate = !empty(endpointSubnetId)
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // Key Vault Secrets Officer

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: purgeProtection ? 90 : 7
    enablePurgeProtection: purgeProtection ? true : null // false is refused
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource readerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, readerPrincipalId, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource operatorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(vault.id, operatorPrincipalId, secretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
  }
}

// Who read which secret when.
resource auditLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
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
    location: location
    tags: tags
    serviceId: vault.id
    group: 'vault'
    zoneId: zones!.vault
    subnetId: endpointSubnetId
  }
}

output name string = vault.name

@description('The vault\'s URL, with a slash at its end')
output uri string = vault.properties.vaultUri
