using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Leads.Assignment;
using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Publishing;
using Platform.Tenancy;

namespace Platform.Contacts.Forms.Intake;

/// <summary>A scope that works for the company of an open form, whoever asks and with whatever token: all that it does is to show the form and to take what it asks for.</summary>
internal sealed class FormScope : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private FormScope(AsyncServiceScope scope) => _scope = scope;

    public ContactsDbContext Db => _scope.ServiceProvider.GetRequiredService<ContactsDbContext>();

    public PublicSites Sites => _scope.ServiceProvider.GetRequiredService<PublicSites>();

    public TeamDirectory Teams => _scope.ServiceProvider.GetRequiredService<TeamDirectory>();

    /// <summary>What is kept of the form.</summary>
    public LeadForm Form { get; private set; } = null!;

    /// <summary>What the company said of it.</summary>
    public V1.LeadForm Definition { get; private set; } = new();

    public Site Site { get; private set; } = new();

    /// <summary>What it asks for, in its order, without what is no field of leads any more.</summary>
    public IEnumerable<(V1.LeadFormField Asked, FormField Known)> Fields => Definition.Fields
        .Select(asked => (asked, Known: FormFields.Find(asked.Path, Db.Caller.CustomFields!))).Where(pair => pair.Known is not null).Select(pair => (pair.asked, pair.Known!));

    /// <summary>An error where nobody has an open form there.</summary>
    public static Task<Result<FormScope>> OpenAsync(string site, string form, IServiceScopeFactory scopes, CancellationToken cancellationToken) =>
        new FormScope(scopes.CreateAsyncScope()).UnlessRefusedAsync(scope => scope.EnterAsync(LeadForm.AddressOf(site, form), cancellationToken));

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    // The address first: whoever only tries asks no other service.
    private async Task<Error?> EnterAsync(string address, CancellationToken cancellationToken)
    {
        var provider = _scope.ServiceProvider;
        if (await provider.GetRequiredService<PublicAddresses>().FindAsync(address, cancellationToken) is not { } found)
            return PublicErrors.Unknown;
        var (tenant, target) = found;
        var caller = provider.GetRequiredService<Caller>();
        caller.ActAsSystem(tenant, "lead-forms");
        if (await provider.GetRequiredService<CustomFieldDirectory>().TryLoadAsync(caller, cancellationToken) is not null)
            return PublicErrors.Unavailable;
        if (await Db.LeadForms.AsNoTracking().SingleOrDefaultAsync(row => row.Id == target && row.IsOpen, cancellationToken) is not { } form)
            return PublicErrors.Unknown;
        (Form, Definition) = (form, form.ToMessage());
        var asked = await Sites.GetAsync(Modules.Of(Permissions.Read), cancellationToken);
        if (asked.IsError)
            return asked.Error;
        Site = asked.Value;
        return null;
    }
}
