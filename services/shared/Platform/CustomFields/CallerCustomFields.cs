using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Filtering;
using Platform.Rest;
using Platform.Tenancy;

namespace Platform.CustomFields;

/// <summary>Custom fields in handlers.</summary>
public static class CallerCustomFields
{
    /// <summary>Makes the fields of the caller's company known to the scope.</summary>
    public static async ValueTask LoadAsync(this CustomFieldDirectory directory, Caller caller, CancellationToken cancellationToken)
    {
        if (!directory.IsNeeded || caller.TenantId is null || caller.CustomFields is not null)
            return;
        caller.CustomFields = await directory.GetAsync(caller, cancellationToken);
        if (caller.CustomFields is { } fields)
            caller.Narrow(fields);
    }

    /// <summary>The same for a call that would come out wrong without them; the error where they cannot be asked for.</summary>
    public static async Task<Error?> TryLoadAsync(this CustomFieldDirectory directory, Caller caller, CancellationToken cancellationToken)
    {
        await directory.LoadAsync(caller, cancellationToken);
        return caller.CustomFields is null ? CustomFieldErrors.Unavailable : null;
    }

    /// <summary>The same for background work that would come out wrong without them.</summary>
    /// <exception cref="InvalidOperationException">They cannot be asked for: the work is tried again in a moment.</exception>
    public static async Task RequireAsync(this CustomFieldDirectory directory, Caller caller, CancellationToken cancellationToken)
    {
        await directory.LoadAsync(caller, cancellationToken);
        if (caller.CustomFields is null)
            throw new InvalidOperationException("What fields the company has cannot be asked for.", new TimeoutException("The metadata service does not answer."));
    }

    /// <summary>The object that a request names by its plural key, where the caller's company has it in use.</summary>
    public static Result<ObjectType> FindObject(this Caller caller, string pluralKey) =>
        caller.CustomFields is not { } fields ? CustomFieldErrors.Unavailable : fields.FindObject(pluralKey) is { } known ? known : Error.NotFound("object", pluralKey);

    /// <summary>
    /// Puts the custom fields of a record that is about to be stored into their stored form. Fails where one is unknown, does not
    /// fit or is missing, and names each.
    /// </summary>
    /// <param name="caller">Who writes.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="message">The record as it is to be; its custom fields are replaced.</param>
    /// <param name="stored">The custom fields that it has; null for a new record.</param>
    public static Error? PrepareCustomFields<T>(this Caller caller, ResourceInfo resource, T message, Struct? stored)
        where T : IMessage<T>
    {
        if (caller.CustomFields is not { } fields)
            return CustomFieldErrors.Unavailable;
        var field = message.Descriptor.FindFieldByName(ResourceInfo.CustomFields);
        var root = $"{JsonFields.JsonNameOf(message.Descriptor.Name[..1].ToLowerInvariant() + message.Descriptor.Name[1..])}.{field.JsonName}";
        // What the platform makes by itself, such as the invoice of a deal, is completed by people.
        var complete = caller.Kind is CallerKind.Person or CallerKind.ApiKey;
        var prepared = fields.Of(resource.Name).Prepare((Struct?)field.Accessor.GetValue(message) ?? new Struct(), stored, root, complete, IsShown);
        if (prepared.IsError)
            return prepared.Error;
        field.Accessor.SetValue(message, prepared.Value);
        return null;

        bool IsShown(DefinedField defined, Struct values)
        {
            if (defined.Definition.VisibleWhen.Length == 0)
                return true;
            var record = message.Clone();
            field.Accessor.SetValue(record, values);
            return fields.IsShown(resource, defined, record, FilterContext.Of(caller, TimeProvider.System));
        }
    }

    /// <summary>The custom fields of another kind of record that fit this one.</summary>
    public static Struct AdoptCustomFields(this Caller caller, ResourceInfo resource, Struct other) =>
        caller.CustomFields?.Of(resource.Name).Adopt(other) ?? new Struct();
}
