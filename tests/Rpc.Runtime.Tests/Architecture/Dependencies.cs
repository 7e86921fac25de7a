using Mono.Cecil;

namespace Rpc.Runtime.Tests.Architecture;

/// <summary>
/// Every type that a type mentions: in signatures, attributes and generics, in the bodies of its methods, and in the closures and state machines that
/// the compiler nests in it. NetArchTest chooses the types; its own search leaves out some of these places.
/// </summary>
internal static class Dependencies
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type)
    {
        var found = new List<TypeReference?> { type.BaseType };
        found.AddRange(type.Interfaces.Select(static implemented => implemented.InterfaceType));
        found.AddRange(type.Fields.Select(static field => field.FieldType));
        found.AddRange(type.Properties.Select(static property => property.PropertyType));
        found.AddRange(type.Events.Select(static @event => @event.EventType));
        found.AddRange(type.GenericParameters.SelectMany(static parameter => parameter.Constraints).Select(static constraint => constraint.ConstraintType));
        found.AddRange(Attributes([type, .. type.Fields, .. type.Properties, .. type.Methods, .. type.Events]));
        found.AddRange(type.Methods.SelectMany(OfMethod));
        return found.SelectMany(Parts).Concat(type.NestedTypes.SelectMany(Of));
    }

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature = [method.ReturnType, .. method.Parameters.Select(static parameter => parameter.ParameterType)];
        var constraints = method.GenericParameters.SelectMany(static parameter => parameter.Constraints).Select(static constraint => constraint.ConstraintType);
        return method.HasBody
            ? [.. signature, .. constraints, .. method.Body.Variables.Select(static variable => variable.VariableType), .. OfBody(method)]
            : [.. signature, .. constraints];
    }

    private static IEnumerable<TypeReference?> OfBody(MethodDefinition method)
    {
        var handlers = method.Body.ExceptionHandlers.Select(static handler => handler.CatchType);
        return handlers.Concat(method.Body.Instructions.SelectMany(static instruction => OfOperand(instruction.Operand)));
    }

    private static IEnumerable<TypeReference?> OfOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod generic => [.. generic.GenericArguments, .. OfOperand(generic.ElementMethod)],
        MethodReference called => [called.DeclaringType, called.ReturnType, .. called.Parameters.Select(static parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Attributes(IEnumerable<ICustomAttributeProvider> members) => members
        .SelectMany(static member => member.CustomAttributes)
        .SelectMany(static attribute => new[] { attribute.AttributeType }.Concat(attribute.ConstructorArguments.Select(static argument => argument.Value as TypeReference ?? argument.Type)));

    // A generic type, an array or a by-reference type is what it is made of.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
