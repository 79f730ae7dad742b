// What a person writes into a parameter file, and what the modules hand to each other. Every type is sealed: a misspelt property
// stops the build, not the deployment. Bounds are those of the router's settings reader (docs/deploy.md) or of Azure.

@export()
@sealed()
@description('An Azure OpenAI (or AI Services) account that is already there. It must have a custom subdomain when a managed identity is used.')
type existingAccount = {
  @description('Resource id of the account: az cognitiveservices account show -g <group> -n <name> --query id -o tsv')
  @minLength(1)
  resourceId: string

  @description('Its endpoint, an https URL without a path. Default: https://<name of the account>.<openAiDomain>')
  @minLength(9)
  endpoint: string?

  @description('Give the router the role Cognitive Services OpenAI User on the account. False when somebody else does so. Default: true')
  assignRole: bool?
}

@export()
@sealed()
@description('One deployment of a model in one region. The order in the list is the order of preference, unless priorities say otherwise.')
type modelRegion = {
  @description('Azure region, for example swedencentral')
  @minLength(1)
  location: string

  @description('Name in settings, headers and telemetry; needed when one region stands twice in a model. Default: the location. Letters, digits and . _ -, at most 64')
  @minLength(1)
  @maxLength(64)
  name: string?

  @description('Tier; a lower number is used first, regions of one number share the load. Default: position in the list, from 1. 1 to 1000')
  @minValue(1)
  @maxValue(1000)
  priority: int?

  @description('Share of the load within a tier. Default: 1. 1 to 1000')
  @minValue(1)
  @maxValue(1000)
  weight: int?

  @description('Fence for data residency, for example eu. No fallback ever crosses a fence. Default: none. At most 64')
  @minLength(1)
  @maxLength(64)
  zone: string?

  @description('Name of the deployment. Default: the name of the model. At most 64')
  @minLength(2)
  @maxLength(64)
  deployment: string?

  @description('Kind of deployment. Default: Standard, the only pay-as-you-go kind that processes data in its own region alone; Global kinds may process it anywhere')
  sku: ('Standard' | 'DataZoneStandard' | 'GlobalStandard' | 'ProvisionedManaged' | 'DataZoneProvisionedManaged' | 'GlobalProvisionedManaged')?

  @description('Capacity in thousands of tokens per minute, or in PTU for a Provisioned kind. Default: 10. At least 1, at most what the quota leaves')
  @minValue(1)
  capacity: int?

  @description('An account that is already there, with this deployment in it; nothing is created then. Default: the account of this region is created')
  existing: existingAccount?
}

@export()
@sealed()
@description('A model and the regions that serve it.')
type model = {
  @description('Version of the model, for example 2024-11-20; counts for deployments that are made here')
  @minLength(1)
  version: string

  @description('Name of the model in Azure. Default: the name under which callers ask for it')
  @minLength(1)
  azureName: string?

  @description('Publisher of the model. Default: OpenAI')
  @minLength(1)
  format: string?

  @description('What Azure does when the version retires. Default: OnceCurrentVersionExpired, since a deployment whose version is gone answers nobody')
  versionUpgrade: ('NoAutoUpgrade' | 'OnceCurrentVersionExpired' | 'OnceNewDefaultVersionAvailable')?

  @description('Fence every call to the zone of the first region, also for callers without a zone of their own. Default: false. Needs a zone on every region')
  stayInZone: bool?

  @minLength(1)
  regions: modelRegion[]
}

@export()
@description('Models by the name that callers ask for: letters, digits and . _ : -, at most 128.')
type modelMap = {
  *: model
}

@export()
@sealed()
@description('Somebody who calls the router. Two keys are made for each caller, so that one can be changed while the other works.')
type caller = {
  @description('Name in settings and telemetry, and part of the names of the secrets: letters, digits and hyphens, at most 40')
  @minLength(1)
  @maxLength(40)
  name: string

  @description('The models that this caller may use. Default: all')
  @minLength(1)
  models: string[]?

  @description('Fence: only regions of this zone serve this caller. Default: none')
  @minLength(1)
  @maxLength(64)
  zone: string?

  @description('May choose the first region with the header x-router-region; for tests of throttling. Default: false')
  forceRegion: bool?

  @description('Tokens per minute that this caller may use, over all models, counted per instance. Default: no limit. At least 1')
  @minValue(1)
  tokensPerMinute: int?

  @description('Requests per minute that this caller may send, over all models, counted per instance. Default: no limit. At least 1')
  @minValue(1)
  requestsPerMinute: int?
}

@export()
@sealed()
@description('How long and how often the router tries. What is left out takes the router\'s own default.')
type retryRules = {
  @description('Attempts per call, over all regions. Default: 30. 1 to 100')
  @minValue(1)
  @maxValue(100)
  maxAttempts: int?

  @description('Seconds that one call may wait in all while every region is cooling. Default: 20. 0 to 200')
  @minValue(0)
  @maxValue(200)
  maxWaitSeconds: int?

  @description('Seconds that one call may take. Default: 210. 1 to 220: the platform cuts an answer that is silent for 230')
  @minValue(1)
  @maxValue(220)
  deadlineSeconds: int?

  @description('Seconds until the headers of one attempt\'s answer. Default: the time left, shared with a second region. 1 to 220')
  @minValue(1)
  @maxValue(220)
  attemptTimeoutSeconds: int?

  @description('Seconds until the first event of a stream. Default: as attemptTimeoutSeconds. 1 to 220')
  @minValue(1)
  @maxValue(220)
  firstEventTimeoutSeconds: int?

  @description('Seconds of silence within an answer. Default: 60. 1 to 200')
  @minValue(1)
  @maxValue(200)
  idleTimeoutSeconds: int?
}

@export()
@sealed()
@description('A deployment that modules/openai.bicep makes in one account.')
type accountDeployment = {
  name: string
  sku: string
  capacity: int
  modelFormat: string
  modelName: string
  modelVersion: string
  versionUpgrade: string
}

@export()
@sealed()
@description('Resource ids of the private DNS zones, by the service that they name.')
type privateZones = {
  blob: string
  queue: string
  table: string
  vault: string
  openai: string
}
