// A secret that every deployment writes. The value goes through Azure Resource Manager: who deploys needs neither a role in the
// vault nor a network path to it.

@description('Name of the vault, in this resource group')
param vaultName string

@description('Name of the secret: letters, digits and hyphens, 1 to 127')
@minLength(1)
@maxLength(127)
param name string

@description('The value, at most 25,000 characters: a vault holds 25 KB')
@secure()
@maxLength(25000)
param value string

@description('What the value is, for people who look at the vault')
param contentType string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: name
  properties: {
    value: value
    contentType: contentType
  }
}
