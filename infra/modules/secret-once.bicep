// A secret that the first deployment writes and later ones leave alone: @onlyIfNotExists makes Azure Resource Manager look first
// ("Resource declaration in Bicep"). Someone who changes it in the vault keeps the change.

@description('Name of the vault, in this resource group')
param vaultName string

@description('Name of the secret: letters, digits and hyphens, 1 to 127')
@minLength(1)
@maxLength(127)
param name string

@description('The value if there is none yet, at most 25,000 characters: a vault holds 25 KB')
@secure()
@maxLength(25000)
param value string

@description('What the value is, for people who look at the vault')
param contentType string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

@onlyIfNotExists()
resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: name
  properties: {
    value: value
    contentType: contentType
  }
}
