namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Which way a message goes: the same fields are promised by answers and offered to requests.</summary>
internal enum Direction
{
    /// <summary>In answers: what has no presence of its own is always there.</summary>
    Output,

    /// <summary>In requests: what is absent has its default, or stays as it is.</summary>
    Input,

    /// <summary>In answers that are no transcoded call: as <see cref="Output"/>, with whole numbers of 64 bits as text.</summary>
    Text,
}
