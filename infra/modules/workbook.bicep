// The workbook over what the router writes. Its queries are those of infra/queries, word for word.

param displayName string
param location string
param tags object

@description('Resource id of the workspace that the workbook reads')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspaceId, 'region-router-workbook') // a workbook's name must be a GUID
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: workspaceId
    version: '1.0'
    serializedData: replace(loadTextContent('../workbook.json'), '__WORKSPACE_ID__', workspaceId)
  }
}
