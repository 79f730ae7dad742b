// Copies the first key of one account into the vault. One secret for each account, named in the settings document: a key never
// stands in the document, in a parameter or in an output.

@description('Name of the account')
param accountName string

@description('Subscription of the account')
param accountSubscriptionId string

@description('Resource group of the account')
param accountResourceGroup string

@description('Name of the vault, in this resource group')
param vaultName string

@description('Name of the secret: letters, digits and hyphens, 1 to 127')
@minLength(1)
@maxLength(127)
param name string

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = {
  name: accountName
  scope: resourceGroup(accountSubscriptionId, accountResourceGroup)
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource key 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: name
  properties: {
    value: account.listKeys().key1
    contentType: 'Key of Azure OpenAI account ${accountName}'
  }
}
