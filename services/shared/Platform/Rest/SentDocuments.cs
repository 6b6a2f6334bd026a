using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Platform.Errors;

namespace Platform.Rest;

/// <summary>Documents that stand for a message and are sent as what they say, such as a company's metadata.</summary>
public static class SentDocuments
{
    /// <summary>The first part that names no field of the message or has a value of another kind, with its path in the document; null where none does.</summary>
    /// <exception cref="InvalidOperationException">It holds a number that JSON does not have.</exception>
    public static FieldViolation? FirstViolation(Struct document, MessageDescriptor message) =>
        JsonFields.FirstViolation(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(document)), message)?.Violations[0];
}
