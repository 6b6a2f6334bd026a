using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using Platform.Identity.Data;
using Platform.Identity.Hosting;

namespace Platform.Identity.Realms;

/// <summary>
/// Reads at start what was changed since the realm file, and seals what is written: documents hold secrets of applications and of
/// one-time passwords.
/// </summary>
internal sealed class RealmRecords(Realm realm, Database database, IDataProtectionProvider provider)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.RealmRecords");

    public string Seal<T>(T document) => _protector.Protect(JsonSerializer.Serialize(document, Format));

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        // Members last: they name people and organizations.
        const string sql = "select kind, id, document, from_file from realm_records order by kind = 'member', kind, id";
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            Apply(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3));
    }

    private void Apply(string kind, string id, string? document, bool fromFile)
    {
        switch (kind)
        {
            case RecordKinds.User: ApplyUser(id, document, fromFile); break;
            case RecordKinds.Client: ApplyClient(id, document, fromFile); break;
            case RecordKinds.Organization: ApplyOrganization(id, document, fromFile); break;
            case RecordKinds.Member: ApplyMember(id, document); break;
            case RecordKinds.IdentityProvider: ApplyProvider(id, document, fromFile); break;
        }
    }

    private void ApplyUser(string id, string? document, bool fromFile)
    {
        var known = realm.FindAnyUser(id);
        if (fromFile && known is null) return;
        if (document is null) realm.RemoveUser(id);
        else
        {
            var changed = Open<UserDocument>(document);
            // Whoever the file shuts out is out, whatever was changed before.
            realm.Put(changed with { Enabled = changed.Enabled && known?.Profile.Enabled is not false });
        }
    }

    private void ApplyClient(string id, string? document, bool fromFile)
    {
        if (fromFile && realm.FindAnyClient(id) is null) return;
        if (document is null) realm.RemoveClient(id);
        else realm.Put(Open<ClientDocument>(document));
    }

    private void ApplyOrganization(string id, string? document, bool fromFile)
    {
        if (fromFile && realm.FindOrganization(id) is null) return;
        if (document is null) realm.RemoveOrganization(id);
        else realm.Put(Open<OrganizationDocument>(document));
    }

    private void ApplyProvider(string alias, string? document, bool fromFile)
    {
        if (fromFile && realm.FindAnyProvider(alias) is null) return;
        if (document is null) realm.RemoveProvider(alias);
        else realm.Put(Open<IdentityProviderDocument>(document));
    }

    private void ApplyMember(string id, string? document)
    {
        var (organization, user) = MemberKey.Parse(id);
        if (document is null) realm.Memberships.Remove(organization, user);
        else if (realm.FindOrganization(organization) is not null && realm.FindAnyUser(user) is not null)
            realm.Memberships.Add(organization, user, Open<string>(document));
    }

    private T Open<T>(string document)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(_protector.Unprotect(document), Format)!;
        }
        catch (CryptographicException exception)
        {
            throw new StartupException("The table realm_records was written with other keys than those in Identity:DataDirectory: "
                + "bring the keys back, or empty the table to begin from the realm file again.", exception);
        }
    }
}

/// <summary>How a membership is named among the records.</summary>
internal static class MemberKey
{
    public static string Of(string organizationId, string userId) => $"{organizationId}/{userId}";

    public static (string OrganizationId, string UserId) Parse(string key) => key.Split('/') is [var organization, var user]
        ? (organization, user)
        : throw new StartupException($"The table realm_records holds a membership with the id {key}.");
}
