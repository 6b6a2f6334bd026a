using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.Relations;

/// <summary>What is wrong with values that lead to records.</summary>
public static class RelationErrors
{
    /// <summary>The record is not there, or not for the caller.</summary>
    /// <param name="path">The field in the request.</param>
    /// <param name="resource">The kind of record.</param>
    /// <param name="id">The record.</param>
    public static FieldViolation Astray(string path, string resource, Guid id) => new(path, Say($"There is no {Say(resource.Split('.')[1])} with id '{id}' that you may see."));
}
