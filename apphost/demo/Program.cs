using System.CommandLine;
using Platform.Demo;
using Platform.Demo.Documents;
using Platform.Demo.Tenants;

var gateway = AddressOption.Create("--gateway", "Public address of the gateway.", "http://localhost:8000");
var identity = AddressOption.Create("--identity", "Public address of the identity server.", "http://localhost:8080");
var mail = AddressOption.Create("--mail", "Address of the mail catcher.", "http://localhost:8025");
var contacts = new Option<FileInfo?>("--contacts") { Description = "CSV file with people and companies; the one that ships with the demo where not given." };
contacts.Validators.Add(result =>
{
    if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } missing)
        result.AddError($"There is no file '{missing.FullName}'.");
});
var command = new RootCommand("Plays the main job of the platform against a running stack: from a lead to an invoiced deal, and what happens when it goes wrong.")
{
    gateway, identity, mail, contacts,
};
command.SetAction((parsed, cancellationToken) => MainJob.RunAsync(
    new DemoSettings(
        parsed.GetRequiredValue(gateway),
        parsed.GetRequiredValue(identity),
        parsed.GetRequiredValue(mail),
        parsed.GetValue(contacts) ?? new FileInfo(Path.Combine(AppContext.BaseDirectory, "contacts.csv"))),
    cancellationToken));
var tenant = new Option<string?>("--tenant") { Description = "Short name of one company; all of the demo's when not given." };
var verify = new Command("audit-verify", "Computes the audit log of the companies anew, as their administrators.") { gateway, identity, tenant };
verify.SetAction((parsed, cancellationToken) => AuditVerification.RunAsync(
    parsed.GetRequiredValue(gateway), parsed.GetRequiredValue(identity), parsed.GetValue(tenant), cancellationToken));
command.Add(verify);
command.Add(MoveCommand.Create(identity));
command.Add(MetadataCommand.Create(gateway, identity));
return await command.Parse(args).InvokeAsync();
