using Platform.CustomFields;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Publishing;
using Platform.Records.Objects;
using Platform.Tenancy;

namespace Platform.Records.Publishing;

/// <summary>A scope that works for the company of a knowledge base, whoever asks and with whatever token: all that it may reach is what is published.</summary>
internal sealed class PublishedScope : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private PublishedScope(AsyncServiceScope scope) => _scope = scope;

    public RecordsDbContext Db => _scope.ServiceProvider.GetRequiredService<RecordsDbContext>();

    public PublicSites Sites => _scope.ServiceProvider.GetRequiredService<PublicSites>();

    /// <summary>The object that is public.</summary>
    public ObjectType Object { get; private set; } = new();

    public Publication Fields => Object.Publication;

    /// <summary>How the pages are headed.</summary>
    public Site Site { get; private set; } = new();

    /// <summary>The address of a company's knowledge base, as it is written down.</summary>
    public static string AddressOf(string site) => $"kb/{site}";

    /// <summary>An error where nobody of that name shows anything.</summary>
    public static Task<Result<PublishedScope>> OpenAsync(string site, IServiceScopeFactory scopes, CancellationToken cancellationToken) =>
        new PublishedScope(scopes.CreateAsyncScope()).UnlessRefusedAsync(scope => scope.EnterAsync(site, cancellationToken));

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    /// <summary>What a field of the publication says of a record; empty where the company has no such field any more.</summary>
    public string TextOf(Record record, string key) =>
        key.Length > 0 && Defined(key) is not null && record.CustomFields.Fields.TryGetValue(key, out var value) && value.HasStringValue ? value.StringValue : "";

    /// <summary>The field of that key; null where there is none, or not any more.</summary>
    public Field? Defined(string key) => Db.Caller.CustomFields!.Of(Object.Resource).Find(key)?.Definition;

    // The address first: whoever only tries asks no other service.
    private async Task<Error?> EnterAsync(string site, CancellationToken cancellationToken)
    {
        var provider = _scope.ServiceProvider;
        if (await provider.GetRequiredService<PublicAddresses>().FindAsync(AddressOf(site), cancellationToken) is not { } found)
            return PublicErrors.Unknown;
        var (tenant, target) = found;
        var caller = provider.GetRequiredService<Caller>();
        caller.ActAsSystem(tenant, "public-pages");
        if (await provider.GetRequiredService<CustomFieldDirectory>().TryLoadAsync(caller, cancellationToken) is not null)
            return PublicErrors.Unavailable;
        // The address is told of by an event, what is public now by the object itself.
        if (caller.CustomFields!.Objects.FirstOrDefault(known => known.Id == target.ToString()) is not { Publication: not null } shown)
            return PublicErrors.Unknown;
        Object = shown;
        if (Defined(Fields.SlugField) is null || Defined(Fields.PublishedField) is null)
            return PublicErrors.Unknown;
        var asked = await Sites.GetAsync(Modules.Of(Permissions.Read), cancellationToken);
        if (asked.IsError)
            return asked.Error;
        Site = asked.Value;
        return null;
    }
}
