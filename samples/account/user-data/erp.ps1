<powershell>
# The ERP of the accounting department: moves to the new domain in spring.
$id = Invoke-RestMethod -Uri http://169.254.169.254/latest/meta-data/instance-id
Rename-Computer -NewName ("ERP-" + $id.Substring(2, 8)) -Force
Install-WindowsFeature -Name Web-Server -IncludeManagementTools
</powershell>
<persist>false</persist>
