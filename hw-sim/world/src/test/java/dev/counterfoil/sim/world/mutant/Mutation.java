package dev.counterfoil.sim.world.mutant;

import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// One change to the compiled form of one production class.
///
/// @param className binary name of the class
/// @param hits how many places were changed; a mutation that hits nothing is itself a failure
record Mutation(String className, ClassTransform transform, AtomicInteger hits) {

  /// The method does nothing and returns `constant` (0 or 1 for a boolean; ignored for void; null for references).
  static Mutation returning(String className, String method, int constant) {
    AtomicInteger hits = new AtomicInteger();
    return new Mutation(className, inMethods(named(method), replacingBody((code, type) -> {
      hits.incrementAndGet();
      push(code, type.returnType(), constant);
      code.return_(TypeKind.from(type.returnType()));
    })), hits);
  }

  /// Calls of `target` inside `method` are dropped: arguments are popped and `constant` stands for the result.
  static Mutation skippingCall(String className, String method, String target, int constant) {
    AtomicInteger hits = new AtomicInteger();
    return new Mutation(className, inCode(named(method), (code, element) -> {
      if (element instanceof InvokeInstruction call && isCallOf(call, target)) {
        hits.incrementAndGet();
        pop(code, call);
        push(code, call.typeSymbol().returnType(), constant);
      } else {
        code.with(element);
      }
    }), hits);
  }

  /// Calls of `target` inside `method` go to `replacement` of the same owner and descriptor instead.
  static Mutation redirecting(String className, String method, String target, String replacement) {
    AtomicInteger hits = new AtomicInteger();
    return new Mutation(className, inCode(named(method), (code, element) -> {
      if (element instanceof InvokeInstruction call && isCallOf(call, target)) {
        hits.incrementAndGet();
        code.invoke(call.opcode(), call.owner().asSymbol(), replacement, call.typeSymbol(),
            call.isInterface());
      } else {
        code.with(element);
      }
    }), hits);
  }

  /// Calls of `target` inside `method` go to a static method of `helper` with the same arguments, the receiver first.
  static Mutation calling(String className, String method, String target, Class<?> helper,
      String helperMethod) {
    AtomicInteger hits = new AtomicInteger();
    ClassDesc owner = ClassDesc.of(helper.getName());
    return new Mutation(className, inCode(named(method), (code, element) -> {
      if (element instanceof InvokeInstruction call && isCallOf(call, target)) {
        hits.incrementAndGet();
        MethodTypeDesc type = call.typeSymbol();
        boolean bound = call.opcode() != Opcode.INVOKESTATIC;
        code.invokestatic(owner, helperMethod,
            bound ? type.insertParameterTypes(0, call.owner().asSymbol()) : type);
      } else {
        code.with(element);
      }
    }), hits);
  }

  /// Calls of `target` inside `method`, not inside its lambdas, go to a static method of `helper` with the same
  /// arguments, the receiver first, and a field of the caller last.
  static Mutation callingWith(String className, String method, String target, String field, Class<?> type,
      Class<?> helper, String helperMethod) {
    AtomicInteger hits = new AtomicInteger();
    ClassDesc owner = ClassDesc.of(helper.getName());
    ClassDesc held = ClassDesc.of(type.getName());
    return new Mutation(className,
        inCode(model -> model.methodName().equalsString(method), (code, element) -> {
          if (element instanceof InvokeInstruction call && isCallOf(call, target)) {
            hits.incrementAndGet();
            MethodTypeDesc own = call.typeSymbol();
            MethodTypeDesc bound = call.opcode() != Opcode.INVOKESTATIC
                ? own.insertParameterTypes(0, call.owner().asSymbol())
                : own;
            code.aload(0).getfield(ClassDesc.of(className), field, held).invokestatic(owner, helperMethod,
                bound.insertParameterTypes(bound.parameterCount(), held));
          } else {
            code.with(element);
          }
        }), hits);
  }

  /// Integer or long constants `from` inside `method` become `to`.
  static Mutation changingConstant(String className, String method, long from, long to) {
    AtomicInteger hits = new AtomicInteger();
    return new Mutation(className, inCode(named(method), (code, element) -> {
      if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof Number number
          && number.longValue() == from) {
        hits.incrementAndGet();
        if (constant.typeKind() == TypeKind.LONG) {
          code.loadConstant(to);
        } else {
          code.loadConstant((int) to);
        }
      } else {
        code.with(element);
      }
    }), hits);
  }

  /// Any change of instructions in methods of that name.
  static Mutation rewriting(String className, String method, AtomicInteger hits, Rewrite rewrite) {
    return new Mutation(className, inCode(named(method), rewrite), hits);
  }

  /// Sees each instruction and writes what stands there instead.
  interface Rewrite {
    void accept(CodeBuilder code, CodeElement element);
  }

  private interface Body {
    void write(CodeBuilder code, MethodTypeDesc type);
  }

  private static Predicate<MethodModel> named(String method) {
    return model -> model.methodName().equalsString(method)
        || model.methodName().stringValue().startsWith("lambda$" + method + "$");
  }

  /// @param target name of the method, or class and method as in `Books.hold`
  private static boolean isCallOf(InvokeInstruction call, String target) {
    String name = call.name().stringValue();
    String owner = call.owner().name().stringValue();
    return name.equals(target)
        || target.equals(
            owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1) + "." + name);
  }

  private static ClassTransform inCode(Predicate<MethodModel> which, Rewrite rewrite) {
    return ClassTransform.transformingMethodBodies(which, CodeTransform.ofStateful(() -> rewrite::accept));
  }

  private static ClassTransform inMethods(Predicate<MethodModel> which, Body body) {
    return (builder, element) -> {
      if (element instanceof MethodModel model && which.test(model)) {
        builder.withMethodBody(model.methodName().stringValue(), model.methodTypeSymbol(),
            model.flags().flagsMask(),
            code -> body.write(code, model.methodTypeSymbol()));
      } else {
        builder.with(element);
      }
    };
  }

  private static Body replacingBody(Body body) {
    return body;
  }

  static void pop(CodeBuilder code, InvokeInstruction call) {
    var parameters = call.typeSymbol().parameterList();
    for (int i = parameters.size() - 1; i >= 0; i--) {
      pop(code, parameters.get(i));
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      code.pop();
    }
  }

  private static void pop(CodeBuilder code, ClassDesc type) {
    if (TypeKind.from(type).slotSize() == 2) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  static void push(CodeBuilder code, ClassDesc type, int constant) {
    switch (TypeKind.from(type)) {
      case VOID -> {
      }
      case LONG -> code.loadConstant((long) constant);
      case FLOAT -> code.loadConstant((float) constant);
      case DOUBLE -> code.loadConstant((double) constant);
      case REFERENCE -> code.aconst_null();
      case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.loadConstant(constant);
    }
  }
}
